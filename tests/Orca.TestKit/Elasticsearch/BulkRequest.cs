using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orca.TestKit.Elasticsearch;

/// <summary>A bulk request's body, read as Elasticsearch reads it: a line for the action, one for the source, each with its line feed.</summary>
internal sealed class BulkRequest
{
    private readonly List<(string Operation, JsonElement Action, JsonElement? Source)> _actions = [];
    private readonly string _index;

    public BulkRequest(string index, ReadOnlyMemory<byte> body)
    {
        _index = index;
        if (body.IsEmpty)
        {
            throw new ElasticsearchError(400, "parse_exception", "request body is required");
        }

        if (body.Span[^1] != (byte)'\n')
        {
            throw Illegal("The bulk request must be terminated by a newline [\\n]");
        }

        for (var rest = body; !rest.IsEmpty;)
        {
            var action = Line(ref rest);
            if (action.EnumerateObject().ToArray() is not [var only] || only.Name is not ("create" or "index"))
            {
                throw Illegal("Malformed action/metadata line, expected one of [create, index]");
            }

            if (rest.IsEmpty)
            {
                throw Illegal("The bulk request has an action without a source");
            }

            JsonElement? source;
            try
            {
                source = Line(ref rest);
            }
            catch (ElasticsearchError)
            {
                // A source that is no JSON concerns its own document only.
                source = null;
            }

            _actions.Add((only.Name, only.Value, source));
        }
    }

    public IReadOnlyList<string> Ids => [.. _actions.Select(IdOf)];

    public JsonObject Apply(ElasticsearchState state, bool requiresStream, Func<string, (int Status, string Type)?>? fault)
    {
        var items = new JsonArray();
        var errors = false;
        foreach (var action in _actions)
        {
            var result = new JsonObject { ["_index"] = _index, ["_id"] = IdOf(action) };
            try
            {
                if (fault?.Invoke(IdOf(action)) is var (status, type))
                {
                    throw new ElasticsearchError(status, type, $"injected [{type}]");
                }

                result["status"] = state.Write(
                    _index, action.Operation, action.Action, action.Source ?? throw new ElasticsearchError(400, "document_parsing_exception", "failed to parse"), requiresStream);
            }
            catch (ElasticsearchError error)
            {
                (result["status"], result["error"], errors) = (error.Status, error.Cause(), true);
            }

            items.Add((JsonNode)new JsonObject { [action.Operation] = result });
        }

        return new() { ["took"] = 1, ["errors"] = errors, ["items"] = items };
    }

    private static string IdOf((string Operation, JsonElement Action, JsonElement? Source) action) =>
        action.Action.TryGetProperty("_id", out var id) ? id.GetString()! : "";

    private static JsonElement Line(ref ReadOnlyMemory<byte> rest)
    {
        var end = rest.Span.IndexOf((byte)'\n');
        var line = rest[..end];
        rest = rest[(end + 1)..];
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw Illegal($"Malformed line: {error.Message}");
        }
    }

    private static ElasticsearchError Illegal(string reason) => new(400, "illegal_argument_exception", reason);
}
