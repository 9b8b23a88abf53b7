using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orca.Results;

/// <summary>Takes credentials out of URLs, wherever in a text they stand.</summary>
internal static partial class UrlRedaction
{
    public static string Redact(string text) => Credentials().Replace(text, "***@");

    /// <summary>Redacts every text of a JSON value, in place, and returns it.</summary>
    public static JsonNode? Redact(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    var redacted = Redact(value);
                    if (!ReferenceEquals(redacted, value))
                    {
                        members[name] = redacted;
                    }
                }

                return members;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    var redacted = Redact(items[i]);
                    if (!ReferenceEquals(redacted, items[i]))
                    {
                        items[i] = redacted;
                    }
                }

                return items;
            case JsonValue value when value.TryGetValue<string>(out var text) && Redact(text) is var clean && clean != text:
                return JsonValue.Create(clean);
            default:
                return node;
        }
    }

    [GeneratedRegex(@"(?<=[a-zA-Z][a-zA-Z0-9+.\-]*://)[^\s/?#""'@]+(?:@[^\s/?#""'@]+)*@", RegexOptions.CultureInvariant)]
    private static partial Regex Credentials();
}
