using System.Text.Json;

namespace Orca.Tests.Results;

/// <summary>As much of JSON Schema as the report's schema uses: $ref, type, enum, const, properties, required, items, additionalProperties.</summary>
internal static class SchemaCheck
{
    public static void Compare(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> wrong)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            if (schema.ValueKind == JsonValueKind.False)
            {
                wrong.Add($"{path} is not allowed");
            }

            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/').Skip(1).Aggregate(root, (element, name) => element.GetProperty(name));
        }

        if (schema.TryGetProperty("type", out var type) && !Fits(type.GetString()!, value))
        {
            wrong.Add($"{path} is {value.ValueKind}, not {type}");
            return;
        }

        if (schema.TryGetProperty("enum", out var names) && names.EnumerateArray().All(name => name.GetString() != value.GetString()))
        {
            wrong.Add($"{path} is '{value}', none of {names}");
        }

        if (schema.TryGetProperty("const", out var only) && only.GetString() != value.GetString())
        {
            wrong.Add($"{path} is '{value}', not '{only}'");
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (i, item) in value.EnumerateArray().Index())
            {
                Compare(root, items, item, $"{path}[{i}]", wrong);
            }
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            CompareMembers(root, schema, value, path, wrong);
        }
    }

    private static void CompareMembers(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> wrong)
    {
        var hasProperties = schema.TryGetProperty("properties", out var properties);
        foreach (var member in value.EnumerateObject())
        {
            if (hasProperties && properties.TryGetProperty(member.Name, out var known))
            {
                Compare(root, known, member.Value, $"{path}.{member.Name}", wrong);
            }
            else if (schema.TryGetProperty("additionalProperties", out var others))
            {
                Compare(root, others, member.Value, $"{path}.{member.Name}", wrong);
            }
            else if (hasProperties)
            {
                wrong.Add($"{path}.{member.Name} does not occur in the schema");
            }
        }

        if (schema.TryGetProperty("required", out var required))
        {
            wrong.AddRange(required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path} lacks '{name}'"));
        }
    }

    private static bool Fits(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };
}
