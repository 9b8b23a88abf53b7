namespace Orca.Measurement;

/// <summary>What one thread has recorded of one step's HTTP requests.</summary>
internal sealed class HttpShard
{
    public long Requests { get; set; }

    public long Broken { get; set; }

    public long BytesSent { get; set; }

    public long BytesReceived { get; set; }

    public CodeCounts Statuses { get; } = new();
}
