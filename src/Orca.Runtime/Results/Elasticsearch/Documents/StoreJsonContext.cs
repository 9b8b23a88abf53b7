using System.Text.Json.Serialization;

namespace Orca.Results.Elasticsearch.Documents;

/// <summary>How documents are written: names in snake case, what is not there left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoreDocument))]
internal sealed partial class StoreJsonContext : JsonSerializerContext;
