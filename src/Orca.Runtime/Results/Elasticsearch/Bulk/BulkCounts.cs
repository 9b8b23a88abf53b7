namespace Orca.Results.Elasticsearch.Bulk;

/// <summary>What a sender has done so far.</summary>
/// <param name="Stored">Documents stored, those included that were there already.</param>
/// <param name="Dead">Documents that will never be stored.</param>
internal readonly record struct BulkCounts(long Stored, long Dead);
