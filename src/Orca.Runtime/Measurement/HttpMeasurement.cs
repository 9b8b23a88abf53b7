namespace Orca.Measurement;

/// <summary>The HTTP requests of one step.</summary>
internal sealed class HttpMeasurement
{
    public long Requests { get; set; }

    /// <summary>Requests that ended without a response.</summary>
    public long Broken { get; set; }

    public long BytesSent { get; set; }

    public long BytesReceived { get; set; }

    public Dictionary<int, long> Statuses { get; init; } = [];
}
