namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Where the documents of one swarm go: two data streams and an index.</summary>
internal sealed record IndexNames(string Intervals, string Events, string Runs)
{
    public const string IntervalsPrefix = "orca-intervals-";

    public const string EventsPrefix = "orca-events-";

    public const string RunsPrefix = "orca-runs-";

    public static IndexNames Of(string scope) => new(IntervalsPrefix + scope, EventsPrefix + scope, RunsPrefix + scope);

    /// <summary>Whether a name is a data stream's, which takes <c>create</c> only.</summary>
    public static bool IsStream(string name) => !name.StartsWith(RunsPrefix, StringComparison.Ordinal);
}
