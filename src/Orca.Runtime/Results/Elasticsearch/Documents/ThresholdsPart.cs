namespace Orca.Results.Elasticsearch.Documents;

/// <summary>The thresholds of a run, counted.</summary>
internal sealed record ThresholdsPart
{
    public required int Total { get; init; }

    public required int Failed { get; init; }
}
