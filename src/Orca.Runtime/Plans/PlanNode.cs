using System.Text.Json;

namespace Orca.Plans;

/// <summary>A value of a plan's JSON, and where it was written.</summary>
internal sealed class PlanNode(JsonValueKind kind, PlanSource source)
{
    public JsonValueKind Kind { get; } = kind;

    public PlanSource Source { get; } = source;

    /// <summary>Of a string its text, of a number its digits as written, of true and false those words.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of an object: its members, in the order written.</summary>
    public IReadOnlyList<KeyValuePair<string, PlanNode>> Members { get; init; } = [];

    /// <summary>Of an array: its items.</summary>
    public IReadOnlyList<PlanNode> Items { get; init; } = [];

    public bool IsScalar => Kind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    public PlanNode? Find(string key)
    {
        foreach (var (name, node) in Members)
        {
            if (name == key)
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>What the value is, for a message: <c>an object</c>, <c>the number 3</c>.</summary>
    public string Describe() => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"the text '{PlanProblems.Shown(Text)}'",
        JsonValueKind.Number => $"the number {PlanProblems.Shown(Text)}",
        JsonValueKind.Null => "null",
        _ => Text,
    };
}
