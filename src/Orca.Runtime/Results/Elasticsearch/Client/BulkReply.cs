namespace Orca.Results.Elasticsearch.Client;

/// <summary>The answer to a bulk request.</summary>
/// <param name="Outcome">What became of it as a whole.</param>
/// <param name="Items">What became of each document, in the order of the request; empty unless <see cref="BulkOutcome.Answered"/>.</param>
/// <param name="Text">What came back, in a few words.</param>
internal sealed record BulkReply(BulkOutcome Outcome, IReadOnlyList<BulkItem> Items, string Text);
