using System.Text.Json.Serialization;

namespace Orca.Results.Elasticsearch.Client;

/// <summary>How responses are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BulkResponse))]
[JsonSerializable(typeof(FoundResponse))]
internal sealed partial class ClientJsonContext : JsonSerializerContext;
