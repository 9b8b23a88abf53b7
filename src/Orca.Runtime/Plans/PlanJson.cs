using System.Text;
using System.Text.Json;

namespace Orca.Plans;

/// <summary>Reads one layer's JSON, with comments and trailing commas, remembering lines and refusing keys that are there twice.</summary>
internal static class PlanJson
{
    private const int MostDepth = 32;

    /// <summary>The layer's root object, or null where it is none; problems are added.</summary>
    public static PlanNode? Parse(PlanLayer layer, int order, PlanProblems problems)
    {
        if (layer.Json.Length > PlanLimits.LongestLayer)
        {
            problems.AddUnreadable(layer.Name, $"The plan has {layer.Json.Length} characters; {PlanLimits.LongestLayer} are the most");
            return null;
        }

        var json = Encoding.UTF8.GetBytes(layer.Json.TrimStart('\uFEFF'));
        if (json.All(octet => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            problems.AddUnreadable(layer.Name, "The plan is empty", "Write a JSON object with at least 'scenarios'.");
            return null;
        }

        try
        {
            var root = new Walk(layer, order, json, problems).Root();
            if (root.Kind == JsonValueKind.Object)
            {
                return root;
            }

            problems.AddUnreadable(layer.Name, $"The plan is {root.Describe()}, not a JSON object", "Write { \"scenarios\": … }.");
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0);
            var column = ColumnOf(json, line, (int)(e.BytePositionInLine ?? 0));
            problems.AddUnreadable(layer.Name, $"The plan is no JSON: line {line + 1}, column {column}: {ReasonOf(e)}", "Correct it there; comments and trailing commas are allowed.", line + 1);
        }

        return null;
    }

    // The reader's reason comes with its own, zero-based account of the place.
    private static string ReasonOf(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = end < 0 ? e.Message : e.Message[..end];
        end = reason.IndexOf(" Path:", StringComparison.Ordinal);
        return (end < 0 ? reason : reason[..end]).TrimEnd('.', ' ');
    }

    // Counted in characters, from 1; the reader counts bytes.
    private static int ColumnOf(byte[] json, int line, int bytes)
    {
        var start = 0;
        for (var i = 0; i < line; i++)
        {
            start = Array.IndexOf(json, (byte)'\n', start) + 1;
        }

        return Encoding.UTF8.GetCharCount(json, start, Math.Min(bytes, json.Length - start)) + 1;
    }

    private ref struct Walk(PlanLayer layer, int order, byte[] json, PlanProblems problems)
    {
        private readonly bool _hasLines = json.AsSpan().Contains((byte)'\n');
        private Utf8JsonReader _reader = new(json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MostDepth });
        private int _counted;
        private int _line = 1;

        public PlanNode Root()
        {
            _reader.Read();
            var root = Value("");
            while (_reader.Read())
            {
                // Whatever follows the root is an error, which the reader raises.
            }

            return root;
        }

        private PlanNode Value(string path)
        {
            var source = Here();
            switch (_reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    return Object(path, source);
                case JsonTokenType.StartArray:
                    return Array(path, source);
                case JsonTokenType.String:
                    return new PlanNode(JsonValueKind.String, source) { Text = Text(path, source) };
                case JsonTokenType.Number:
                    return new PlanNode(JsonValueKind.Number, source) { Text = Encoding.UTF8.GetString(_reader.ValueSpan) };
                case JsonTokenType.True:
                    return new PlanNode(JsonValueKind.True, source) { Text = "true" };
                case JsonTokenType.False:
                    return new PlanNode(JsonValueKind.False, source) { Text = "false" };
                default:
                    return new PlanNode(JsonValueKind.Null, source);
            }
        }

        private PlanNode Object(string path, PlanSource source)
        {
            var members = new List<KeyValuePair<string, PlanNode>>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
            {
                var keySource = Here();
                var key = Text(path, keySource);
                var keyPath = PlanPath.Join(path, key);
                _reader.Read();
                var value = Value(keyPath);
                if (seen.Add(key))
                {
                    members.Add(new(key, value));
                }
                else
                {
                    problems.Add(keyPath, keySource, "The key is there twice", "Keep one of them.");
                }
            }

            return new PlanNode(JsonValueKind.Object, source) { Members = members };
        }

        private PlanNode Array(string path, PlanSource source)
        {
            var items = new List<PlanNode>();
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(Value(PlanPath.Item(path, items.Count)));
            }

            return new PlanNode(JsonValueKind.Array, source) { Items = items };
        }

        private readonly string Text(string path, PlanSource source)
        {
            try
            {
                return _reader.GetString() ?? "";
            }
            catch (InvalidOperationException)
            {
                problems.Add(path, source, "A text holds an escape that is half of a surrogate pair, hence no character");
                return "";
            }
        }

        private PlanSource Here()
        {
            for (; _counted < _reader.TokenStartIndex; _counted++)
            {
                _line += json[_counted] == '\n' ? 1 : 0;
            }

            return new PlanSource(layer.Name, order, _hasLines ? _line : 0);
        }
    }
}
