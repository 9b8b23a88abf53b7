using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orca.Swarm.Documents;
using Orca.Swarm.Sealing;

namespace Orca.Swarm;

/// <summary>The JSON form of what members exchange: camelCase, with <c>v</c> and <c>type</c>.</summary>
internal static class SwarmJson
{
    public const int ProtocolVersion = 1;

    /// <summary>Longer texts are refused unread.</summary>
    private const int MaxBytes = 8 * 1024 * 1024;

    public static ReadOnlyMemory<byte> Write<T>(T document)
        where T : class, ISwarmDocument =>
        JsonSerializer.SerializeToUtf8Bytes(document, TypeInfo<T>());

    /// <summary>Reads what another member wrote; a problem for anything else, and for another protocol version.</summary>
    public static Outcome<T> Read<T>(ReadOnlyMemory<byte> json, string type)
        where T : class, ISwarmDocument
    {
        if (json.Length > MaxBytes)
        {
            return new Problem($"A {type} of {json.Length:N0} bytes is larger than the {MaxBytes:N0} that are read.");
        }

        if (SwarmSeal.IsSealed(json.Span))
        {
            return new Problem($"A {type} is sealed with a swarm key, and this member has none.") { Advice = "Give leader and drones the same swarm key." };
        }

        try
        {
            var document = JsonSerializer.Deserialize(json.Span, TypeInfo<T>());
            if (document is null || document.Type != type)
            {
                return new Problem($"This is no {type}, but '{document?.Type}'.");
            }

            return document.V == ProtocolVersion
                ? document
                : new Problem($"A {type} speaks protocol version {document.V}; this Orca speaks {ProtocolVersion}.")
                {
                    Advice = "Run the same major version of Orca on leader and drones.",
                };
        }
        catch (JsonException e)
        {
            return OtherVersion(json, type) ?? new Problem($"A {type} could not be read: {e.Message}");
        }
    }

    // Another version's document may lack what this one requires: the version is the better explanation.
    private static Problem? OtherVersion(ReadOnlyMemory<byte> json, string type)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("v", out var v)
                && v.TryGetInt32(out var version)
                && version != ProtocolVersion
                ? new Problem($"A {type} speaks protocol version {version}; this Orca speaks {ProtocolVersion}.")
                {
                    Advice = "Run the same major version of Orca on leader and drones.",
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)SwarmJsonContext.Default.GetTypeInfo(typeof(T))!;
}
