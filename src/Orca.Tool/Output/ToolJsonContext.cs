using System.Text.Json.Serialization;

namespace Orca.Tool.Output;

/// <summary>The JSON of everything but reports, which have their own.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProblemsDocument))]
[JsonSerializable(typeof(IReadOnlyList<TestDocument>))]
[JsonSerializable(typeof(IReadOnlyList<DroneDocument>))]
[JsonSerializable(typeof(IReadOnlyList<RunDocument>))]
[JsonSerializable(typeof(LockDocument))]
[JsonSerializable(typeof(ValidDocument))]
[JsonSerializable(typeof(OnceDocument[]))]
internal sealed partial class ToolJsonContext : JsonSerializerContext;
