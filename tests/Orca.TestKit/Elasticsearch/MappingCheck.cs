using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orca.TestKit.Elasticsearch;

/// <summary>Checks a document against a mapping, more strictly than Elasticsearch where that hides mistakes: no number is cut to fit.</summary>
internal sealed class MappingCheck(JsonObject mapping)
{
    /// <summary>Fields that are in documents and not in the mapping.</summary>
    public HashSet<string> Unmapped { get; } = [];

    public void Check(JsonElement document) => CheckObject(document, mapping, "", mapping["dynamic"] is { } dynamic && IsTrue(dynamic));

    private void CheckObject(JsonElement value, JsonObject type, string path, bool dynamic)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Parsing($"object mapping for [{path}] tried to parse field [{path}] as object, but found a concrete value");
        }

        var isDynamic = type["dynamic"] is { } own ? IsTrue(own) : dynamic;
        foreach (var property in value.EnumerateObject())
        {
            var below = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (property.Name.Length == 0 || property.Name.Contains("..", StringComparison.Ordinal))
            {
                throw Parsing($"field name cannot be an empty string, in [{path}]");
            }

            if (type["properties"]?[property.Name] is JsonObject field)
            {
                CheckField(property.Value, field, below, isDynamic);
            }
            else if (isDynamic)
            {
                // As the dynamic template for labels has it.
                CheckField(property.Value, new() { ["type"] = "keyword" }, below, isDynamic);
            }
            else
            {
                Unmapped.Add(below);
            }
        }
    }

    private void CheckField(JsonElement value, JsonObject field, string path, bool dynamic)
    {
        var type = field["type"]?.GetValue<string>() ?? "object";
        if (value.ValueKind == JsonValueKind.Null || (type == "object" && field["enabled"]?.GetValue<bool>() == false))
        {
            return;
        }

        if (type == "histogram")
        {
            CheckHistogram(value, path);
            return;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                CheckField(item, field, path, dynamic);
            }

            return;
        }

        if (type == "object")
        {
            CheckObject(value, field, path, dynamic);
            return;
        }

        if (value.ValueKind == JsonValueKind.Object || !Fits(value, type))
        {
            throw Parsing($"failed to parse field [{path}] of type [{type}]. Preview of field's value: '{value.GetRawText()}'");
        }
    }

    private static bool Fits(JsonElement value, string type) => type switch
    {
        "keyword" or "text" => value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False,
        "long" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "short" => value.ValueKind == JsonValueKind.Number && value.TryGetInt16(out _),
        "double" => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()),
        "float" => value.ValueKind == JsonValueKind.Number && float.IsFinite((float)value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "date" => value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length > 10 && text[10] == 'T'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _),
        _ => throw new InvalidOperationException($"The stand-in does not know type {type}."),
    };

    private static void CheckHistogram(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal).ToArray() is not ["counts", "values"])
        {
            throw Parsing($"failed to parse field [{path}] of type [histogram]: expected only [values] and [counts]");
        }

        var values = value.GetProperty("values").EnumerateArray().Select(item => item.GetDouble()).ToList();
        var counts = value.GetProperty("counts").EnumerateArray().ToList();
        if (values.Count != counts.Count)
        {
            throw Parsing($"error parsing field [{path}], expected same length from [values] and [counts] but got [{values.Count} != {counts.Count}]");
        }

        if (values.Zip(values.Skip(1)).Any(pair => pair.First > pair.Second))
        {
            throw Parsing($"error parsing field [{path}], [values] values must be in increasing order");
        }

        if (counts.Any(count => !count.TryGetInt64(out var number) || number < 0))
        {
            throw Parsing($"error parsing field [{path}], [counts] elements must be >= 0");
        }
    }

    private static bool IsTrue(JsonNode dynamic) => dynamic.ToString() is "true" or "True";

    private static ElasticsearchError Parsing(string reason) => new(400, "document_parsing_exception", reason);
}
