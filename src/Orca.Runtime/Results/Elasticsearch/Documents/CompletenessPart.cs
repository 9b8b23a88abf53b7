namespace Orca.Results.Elasticsearch.Documents;

/// <summary>What a run lacks.</summary>
internal sealed record CompletenessPart
{
    public required int IntervalsMissing { get; init; }

    public required long DeadLetters { get; init; }

    public required long NotSpooled { get; init; }
}
