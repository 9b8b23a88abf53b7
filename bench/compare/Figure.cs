using System.Text.Json.Serialization;

namespace Orca.Compare;

/// <summary>One figure found: the median over the rounds, and how it stands to a yardstick measured in the same rounds.</summary>
internal sealed record Figure(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("figure")] double Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("yardstick")] string? Yardstick = null,
    [property: JsonPropertyName("ratio")] double? Ratio = null)
{
    [JsonIgnore]
    public string Goal { get; init; } = "";
}
