using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>A document taken from the spool, to be released once it is stored or can never be.</summary>
/// <param name="Entry">The document.</param>
/// <param name="Log">The log that it was read from; null where it waited in memory.</param>
/// <param name="Segment">The segment that it lies in.</param>
internal readonly record struct SpoolItem(StoreEntry Entry, SpoolLog? Log, SpoolSegment? Segment);
