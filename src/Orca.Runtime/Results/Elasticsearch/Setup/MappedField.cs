namespace Orca.Results.Elasticsearch.Setup;

/// <summary>A field that Elasticsearch indexes.</summary>
/// <param name="Path">Its path, with dots.</param>
/// <param name="Type">Its type.</param>
internal readonly record struct MappedField(string Path, string Type);
