namespace Orca.Results.Elasticsearch.Client;

/// <summary>What became of one document of a bulk request.</summary>
/// <param name="Status">The status, as HTTP has them.</param>
/// <param name="Type">The kind of the error, or null.</param>
/// <param name="Reason">The error's reason, or null.</param>
/// <param name="Diverted">Whether it was put into the failure store instead.</param>
internal readonly record struct BulkItem(int Status, string? Type, string? Reason, bool Diverted);
