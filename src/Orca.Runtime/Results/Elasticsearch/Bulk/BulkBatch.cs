using Orca.Results.Elasticsearch.Spool;

namespace Orca.Results.Elasticsearch.Bulk;

/// <summary>Documents of one index that are sent together, and how often that was tried.</summary>
/// <param name="Items">The documents, at least one.</param>
/// <param name="Attempt">How often it was sent in vain.</param>
/// <param name="Unknown">Whether some of them may be stored already, on whichever backing index.</param>
/// <param name="Due">When it may be sent, as a timestamp of the clock.</param>
internal sealed record BulkBatch(IReadOnlyList<SpoolItem> Items, int Attempt, bool Unknown, long Due)
{
    public const int MostDocuments = 500;

    public const int MostBytes = 1 << 20;

    public string Index => Items[0].Entry.Index;
}
