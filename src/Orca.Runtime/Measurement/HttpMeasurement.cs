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

    public void Add(HttpMeasurement other)
    {
        Requests += other.Requests;
        Broken += other.Broken;
        BytesSent += other.BytesSent;
        BytesReceived += other.BytesReceived;
        foreach (var (status, count) in other.Statuses)
        {
            Statuses[status] = Statuses.GetValueOrDefault(status) + count;
        }
    }

    public HttpMeasurement Since(HttpMeasurement earlier) => new()
    {
        Requests = Counts.Since(Requests, earlier.Requests),
        Broken = Counts.Since(Broken, earlier.Broken),
        BytesSent = Counts.Since(BytesSent, earlier.BytesSent),
        BytesReceived = Counts.Since(BytesReceived, earlier.BytesReceived),
        Statuses = Statuses.ToDictionary(s => s.Key, s => Counts.Since(s.Value, earlier.Statuses.GetValueOrDefault(s.Key))),
    };
}
