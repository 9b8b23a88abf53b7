namespace Orca.Measurement;

/// <summary>What one thread has recorded of one step's HTTP requests.</summary>
internal sealed class HttpShard(int precision)
{
    public long Requests { get; set; }

    public long Broken { get; set; }

    public long BytesSent { get; set; }

    public long BytesReceived { get; set; }

    public Histogram FirstByte { get; } = new(precision);

    public Histogram Total { get; } = new(precision);

    public CodeCounts Statuses { get; } = new();

    public CodeCounts Errors { get; } = new();
}
