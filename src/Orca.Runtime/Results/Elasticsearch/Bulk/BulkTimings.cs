namespace Orca.Results.Elasticsearch.Bulk;

/// <summary>How long is waited for what.</summary>
internal sealed record BulkTimings
{
    /// <summary>How long a document waits for others to be sent with.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first back-off; each further one is twice as long.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest back-off once the run is over and time is short.</summary>
    public TimeSpan LongestBackOffAtEnd { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>When what was stored can be found: the templates' refresh interval and a bit.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(6);
}
