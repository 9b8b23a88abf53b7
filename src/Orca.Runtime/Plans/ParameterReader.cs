using System.Collections.Immutable;
using System.Text.Json;

namespace Orca.Plans;

/// <summary>Flattens parameters to configuration keys: objects by name, arrays by index (<c>users:0:name</c>).</summary>
internal sealed class ParameterReader
{
    private readonly PlanSection _section;
    private readonly Dictionary<string, PlanSource> _sources = new(StringComparer.OrdinalIgnoreCase);
    private readonly ImmutableSortedDictionary<string, ParameterValue>.Builder _values = ParameterValue.None.ToBuilder();

    private ParameterReader(PlanSection section) => _section = section;

    /// <summary>The parameters of a plan or of a scenario.</summary>
    public static ImmutableSortedDictionary<string, ParameterValue> Read(PlanSection owner)
    {
        if (owner.Section("parameters") is not { } section)
        {
            return ParameterValue.None;
        }

        var reader = new ParameterReader(section);
        reader.Members(section.Node, "", section.Path);
        if (reader._values.Count > PlanLimits.MostParameters)
        {
            section.Problems.Add(section.Path, section.Node.Source, $"There are {reader._values.Count} parameters; {PlanLimits.MostParameters} are the most", "Put data into a file of the package.");
        }

        return reader._values.ToImmutable();
    }

    private void Members(PlanNode node, string prefix, string path)
    {
        foreach (var (key, value) in node.Members)
        {
            var keyPath = PlanPath.Join(path, key);
            if (key.Split(':').All(NameRules.IsName))
            {
                Value(value, prefix + key, keyPath);
            }
            else
            {
                _section.Problems.Add(keyPath, value.Source, "This is no name for a parameter", NameRules.NameAdvice);
            }
        }
    }

    private void Value(PlanNode node, string key, string path)
    {
        switch (node.Kind)
        {
            case JsonValueKind.Object when node.Members is [{ Key: "secret", Value.Kind: JsonValueKind.String }]:
                if (_section.TextOf(node.Members[0].Value, PlanPath.Join(path, "secret"), PlanLimits.LongestName) is { } secret)
                {
                    Add(key, new ParameterValue(null, secret), node.Source, path);
                }

                break;
            case JsonValueKind.Object:
                Members(node, key + ":", path);
                break;
            case JsonValueKind.Array:
                for (var i = 0; i < node.Items.Count; i++)
                {
                    Value(node.Items[i], $"{key}:{i}", PlanPath.Item(path, i));
                }

                break;
            case JsonValueKind.Null:
                _section.Wrong(node, path, "a value", null);
                break;
            default:
                Add(key, new ParameterValue(node.Text), node.Source, path);
                break;
        }
    }

    private void Add(string key, ParameterValue value, PlanSource source, string path)
    {
        if (value.Text?.Length > PlanLimits.LongestText)
        {
            _section.Problems.Add(path, source, $"The text has {value.Text.Length} characters; {PlanLimits.LongestText} are the most", "Put data into a file of the package.");
            return;
        }

        // Layers may write one key in two ways, nested or with colons, in upper or lower case: the later layer wins.
        if (_sources.TryGetValue(key, out var other))
        {
            if (other.Order == source.Order)
            {
                _section.Problems.Add(path, source, $"The parameter '{PlanProblems.Shown(key)}' is there twice, case aside", "Keep one of them.");
            }

            if (other.Order >= source.Order)
            {
                return;
            }

            _values.Remove(key);
        }

        _sources[key] = source;
        _values[key] = value;
    }
}
