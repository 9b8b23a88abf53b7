using System.Text.Json.Serialization;

namespace Orca.Tool.Arguments;

/// <summary>Texts as JSON.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TextJsonContext : JsonSerializerContext;
