using System.Text.Json.Nodes;

namespace Orca.TestKit.Elasticsearch;

/// <summary>A refusal, as Elasticsearch words it.</summary>
internal sealed class ElasticsearchError(int status, string type, string reason) : Exception(reason)
{
    public int Status => status;

    public string Type => type;

    public JsonObject Body => new()
    {
        ["error"] = new JsonObject { ["root_cause"] = new JsonArray(Cause()), ["type"] = type, ["reason"] = Message },
        ["status"] = status,
    };

    public JsonObject Cause() => new() { ["type"] = type, ["reason"] = Message };
}
