using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orca.Plans;

/// <summary>One source of plan keys.</summary>
/// <param name="Name">What problems call it: a file's path, <c>command line</c>, <c>configuration</c>.</param>
/// <param name="Json">Its text: JSON with comments and trailing commas allowed.</param>
internal sealed record PlanLayer(string Name, string Json)
{
    /// <summary>A layer from <c>path=value</c> settings, such as <c>scenarios.browse.load[0].for=10s</c>.</summary>
    /// <remarks>
    /// A value that is JSON — a number, true, false, null, a quoted text, an array, an object — is that; any other is a text as it stands.
    /// A name with dots is written <c>['a.b']</c>.
    /// </remarks>
    public static Outcome<PlanLayer> FromSettings(string name, IReadOnlyDictionary<string, string> settings)
    {
        var root = new JsonObject();
        var wholes = new HashSet<JsonNode>(ReferenceEqualityComparer.Instance);
        var problems = ImmutableArray.CreateBuilder<Problem>();
        foreach (var (path, value) in settings)
        {
            if (PlanPath.Split(Whole(path)) is not { } segments)
            {
                problems.Add(new Problem($"'{PlanProblems.Shown(path)}' is no path of a plan key ({name}).") { Advice = "Write it as scenarios.browse.load[0].for=10s." });
            }
            else if (!TrySet(root, wholes, segments, Whole(value)))
            {
                problems.Add(new Problem($"The key is set twice, or both as a whole and in part ({name}).") { Where = path, Advice = "Keep one of them." });
            }
        }

        return problems.Count > 0 ? problems.ToImmutable() : new PlanLayer(name, root.ToJsonString());
    }

    private static bool TrySet(JsonObject target, HashSet<JsonNode> wholes, List<string> segments, string value)
    {
        foreach (var segment in segments[..^1])
        {
            if (!target.TryGetPropertyValue(segment, out var next))
            {
                target[segment] = next = new JsonObject();
            }

            if (next is not JsonObject inner || wholes.Contains(inner))
            {
                return false;
            }

            target = inner;
        }

        var node = Value(value);
        if (node is JsonObject whole)
        {
            wholes.Add(whole);
        }

        return target.TryAdd(segments[^1], node);
    }

    // Half a surrogate pair, which no JSON can hold, becomes the replacement character.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static JsonNode? Value(string value)
    {
        // Most settings are words; only what can be JSON is tried as such.
        if (value.Length == 0 || !(value[0] is '-' or '"' or '[' or '{' || char.IsAsciiDigit(value[0]) || value is "true" or "false" or "null"))
        {
            return JsonValue.Create(value);
        }

        try
        {
            // Written once to find out whether it can be: an escaped half of a surrogate pair is parsed, but not written.
            var node = JsonNode.Parse(value);
            _ = node?.ToJsonString();
            return node;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return JsonValue.Create(value);
        }
    }
}
