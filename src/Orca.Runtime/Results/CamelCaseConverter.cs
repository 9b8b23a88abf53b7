using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orca.Results;

/// <summary>The members of an enumeration by name, in camel case.</summary>
internal sealed class CamelCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
