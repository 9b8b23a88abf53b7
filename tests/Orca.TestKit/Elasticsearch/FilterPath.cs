using System.Text.Json.Nodes;

namespace Orca.TestKit.Elasticsearch;

/// <summary>Leaves out of a response what <c>filter_path</c> does not name; an object left with nothing goes from its array, too.</summary>
internal static class FilterPath
{
    public static JsonNode Apply(JsonNode node, string? paths) =>
        string.IsNullOrEmpty(paths) ? node : Filter(node, [.. paths.Split(',').Select(path => path.Split('.'))]) ?? new JsonObject();

    private static JsonNode? Filter(JsonNode? node, IReadOnlyList<string[]> paths)
    {
        if (paths.Any(path => path.Length == 0))
        {
            return node?.DeepClone();
        }

        switch (node)
        {
            case JsonObject parent:
                var kept = new JsonObject();
                foreach (var (name, value) in parent)
                {
                    string[][] below = [.. paths.Where(path => path[0] == "*" || path[0] == name).Select(path => path[1..])];
                    if (below.Length > 0 && Filter(value, below) is { } left)
                    {
                        kept[name] = left;
                    }
                }

                return kept.Count > 0 ? kept : null;
            case JsonArray array:
                var items = new JsonArray();
                foreach (var item in array)
                {
                    if (Filter(item, paths) is { } left)
                    {
                        items.Add(left);
                    }
                }

                return items;
            default:
                return null;
        }
    }
}
