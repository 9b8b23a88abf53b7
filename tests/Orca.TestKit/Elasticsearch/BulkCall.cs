namespace Orca.TestKit.Elasticsearch;

/// <summary>A bulk request that has come.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Index">The index or stream of its path.</param>
/// <param name="Ids">The ids of its documents, in order.</param>
internal sealed record BulkCall(int Number, string Index, IReadOnlyList<string> Ids);
