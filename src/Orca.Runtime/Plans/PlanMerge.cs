using System.Text.Json;

namespace Orca.Plans;

/// <summary>Lays one layer over another: objects merge key by key, everything else replaces.</summary>
/// <remarks>
/// An array can be changed item by item: <c>{ "[0]": { "for": "10s" } }</c>, which is what the setting <c>load[0].for=10s</c> becomes. Over an array
/// that exists a bare number does too, since configuration writes indexes so.
/// </remarks>
internal static class PlanMerge
{
    public static PlanNode Over(PlanNode? under, PlanNode over, string path, PlanProblems problems)
    {
        if (over.Kind != JsonValueKind.Object)
        {
            return over;
        }

        if (over.Members.Count > 0 && over.Members.All(member => PlanPath.TryIndex(member.Key, under?.Kind == JsonValueKind.Array, out _)))
        {
            return Items(under, over, path, problems);
        }

        var members = under?.Kind == JsonValueKind.Object ? under.Members.ToList() : [];
        var places = members.Index().ToDictionary(member => member.Item.Key, member => member.Index, StringComparer.Ordinal);
        foreach (var (key, value) in over.Members)
        {
            var known = places.TryGetValue(key, out var at);
            var merged = Over(known ? members[at].Value : null, value, PlanPath.Join(path, key), problems);
            if (known)
            {
                members[at] = new(key, merged);
            }
            else
            {
                members.Add(new(key, merged));
            }
        }

        return new PlanNode(JsonValueKind.Object, over.Source) { Members = members };
    }

    private static PlanNode Items(PlanNode? under, PlanNode over, string path, PlanProblems problems)
    {
        var items = under?.Kind == JsonValueKind.Array ? under.Items.ToList() : [];
        foreach (var (index, value) in over.Members.Select(member => (Index(member.Key), member.Value)).OrderBy(item => item.Item1))
        {
            var itemPath = PlanPath.Item(path, index);
            if (index > items.Count)
            {
                problems.Add(itemPath, value.Source, $"There is no such item: the array has {items.Count}", "Count from 0; the number past the last adds one.");
            }
            else if (index == items.Count)
            {
                items.Add(Over(null, value, itemPath, problems));
            }
            else
            {
                items[index] = Over(items[index], value, itemPath, problems);
            }
        }

        return new PlanNode(JsonValueKind.Array, over.Source) { Items = items };
    }

    private static int Index(string key) => PlanPath.TryIndex(key, bare: true, out var index) ? index : 0;
}
