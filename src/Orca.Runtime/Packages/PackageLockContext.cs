using System.Text.Json.Serialization;

namespace Orca.Packages;

/// <summary>How a lock is written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    MaxDepth = 16)]
[JsonSerializable(typeof(PackageLock))]
internal sealed partial class PackageLockContext : JsonSerializerContext;
