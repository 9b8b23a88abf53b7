using System.Text.Json.Serialization;

namespace Orca.Packages;

/// <summary>The kinds of files that are loaded from packages.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AssetKind>))]
internal enum AssetKind
{
    [JsonStringEnumMemberName("assembly")]
    Assembly,

    [JsonStringEnumMemberName("native")]
    Native,

    [JsonStringEnumMemberName("satellite")]
    Satellite,

    [JsonStringEnumMemberName("content")]
    Content,
}
