namespace Orca.Measurement;

/// <summary>The HTTP requests of one step.</summary>
internal sealed class HttpMeasurement(int precision)
{
    public long Requests { get; set; }

    /// <summary>Requests that ended without a whole response; their kinds are the <see cref="Errors"/>.</summary>
    public long Broken { get; set; }

    public long BytesSent { get; set; }

    public long BytesReceived { get; set; }

    /// <summary>From the request to the head of its response, for each response.</summary>
    public Histogram FirstByte { get; init; } = new(precision);

    /// <summary>From the request to the end of its response, for each response that was read to its end.</summary>
    public Histogram Total { get; init; } = new(precision);

    public Dictionary<int, long> Statuses { get; init; } = [];

    /// <summary>How requests broke.</summary>
    public Dictionary<string, ErrorCount> Errors { get; init; } = new(StringComparer.Ordinal);

    public void Add(HttpMeasurement other)
    {
        Requests += other.Requests;
        Broken += other.Broken;
        BytesSent += other.BytesSent;
        BytesReceived += other.BytesReceived;
        FirstByte.Add(other.FirstByte);
        Total.Add(other.Total);
        AddStatuses(other.Statuses);
        Errors.Add(other.Errors);
    }

    /// <summary>Adds what came to another drone's since an earlier state of it.</summary>
    public void AddSince(HttpMeasurement later, HttpMeasurement earlier)
    {
        Requests += Counts.Since(later.Requests, earlier.Requests);
        Broken += Counts.Since(later.Broken, earlier.Broken);
        BytesSent += Counts.Since(later.BytesSent, earlier.BytesSent);
        BytesReceived += Counts.Since(later.BytesReceived, earlier.BytesReceived);
        FirstByte.AddSince(later.FirstByte, earlier.FirstByte);
        Total.AddSince(later.Total, earlier.Total);
        AddStatuses(StatusesSince(later, earlier));
        Errors.Add(later.Errors.Since(earlier.Errors));
    }

    public HttpMeasurement Since(HttpMeasurement earlier) => new(FirstByte.Precision)
    {
        Requests = Counts.Since(Requests, earlier.Requests),
        Broken = Counts.Since(Broken, earlier.Broken),
        BytesSent = Counts.Since(BytesSent, earlier.BytesSent),
        BytesReceived = Counts.Since(BytesReceived, earlier.BytesReceived),
        FirstByte = FirstByte.Since(earlier.FirstByte),
        Total = Total.Since(earlier.Total),
        Statuses = new(StatusesSince(this, earlier)),
        Errors = Errors.Since(earlier.Errors),
    };

    private static IEnumerable<KeyValuePair<int, long>> StatusesSince(HttpMeasurement later, HttpMeasurement earlier) =>
        later.Statuses.Select(s => KeyValuePair.Create(s.Key, Counts.Since(s.Value, earlier.Statuses.GetValueOrDefault(s.Key))));

    private void AddStatuses(IEnumerable<KeyValuePair<int, long>> statuses)
    {
        foreach (var (status, count) in statuses)
        {
            Statuses[status] = Statuses.GetValueOrDefault(status) + count;
        }
    }
}
