using System.Text.Json.Nodes;

namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>The columns of a Lens layer.</summary>
internal static class LensColumns
{
    public static JsonObject Time() => new()
    {
        ["label"] = "time",
        ["customLabel"] = true,
        ["dataType"] = "date",
        ["operationType"] = "date_histogram",
        ["sourceField"] = PanelValue.NewestBy,
        ["isBucketed"] = true,
        ["scale"] = "interval",
        ["params"] = new JsonObject { ["interval"] = "auto", ["includeEmptyRows"] = true, ["dropPartials"] = false },
    };

    public static JsonObject Elapsed() => new()
    {
        ["label"] = "run time (ms)",
        ["customLabel"] = true,
        ["dataType"] = "number",
        ["operationType"] = "range",
        ["sourceField"] = LensPanel.ElapsedField,
        ["isBucketed"] = true,
        ["scale"] = "interval",
        ["params"] = new JsonObject
        {
            ["type"] = "histogram",
            ["maxBars"] = "auto",
            ["includeEmptyRows"] = false,
            ["ranges"] = new JsonArray(new JsonObject { ["from"] = 0, ["to"] = 1000, ["label"] = "" }),
        },
    };

    /// <summary>One line or row for each of the most frequent names, by a value where it can be sorted by.</summary>
    public static JsonObject Terms(string field, int size, string valueColumn, bool byValue) => new()
    {
        ["label"] = field,
        ["dataType"] = field.EndsWith("_code", StringComparison.Ordinal) ? "number" : "string",
        ["operationType"] = "terms",
        ["sourceField"] = field,
        ["isBucketed"] = true,
        ["scale"] = "ordinal",
        ["params"] = new JsonObject
        {
            ["size"] = size,
            ["orderBy"] = byValue ? new JsonObject { ["type"] = "column", ["columnId"] = valueColumn } : new JsonObject { ["type"] = "alphabetical", ["fallback"] = true },
            ["orderDirection"] = byValue ? "desc" : "asc",
            ["otherBucket"] = false,
            ["missingBucket"] = false,
            ["parentFormat"] = new JsonObject { ["id"] = "terms" },
        },
    };

    /// <summary>Adds a value's column, and those that a ratio is computed from.</summary>
    public static void Put(JsonObject columns, string id, PanelValue value)
    {
        if (value.Operation == PanelOperation.Ratio)
        {
            PutRatio(columns, id, value);
            return;
        }

        var column = new JsonObject
        {
            ["label"] = value.Label,
            ["customLabel"] = true,
            ["dataType"] = value.DataType,
            ["operationType"] = value.Operation switch
            {
                PanelOperation.Sum => "sum",
                PanelOperation.Max => "max",
                PanelOperation.Percentile => "percentile",
                _ => "last_value",
            },
            ["sourceField"] = value.Field,
            ["isBucketed"] = false,
            ["scale"] = value.DataType == "number" ? "ratio" : "ordinal",
        };
        var settings = new JsonObject();
        if (value.Operation == PanelOperation.Percentile)
        {
            settings["percentile"] = value.Percentile;
        }
        else if (value.Operation == PanelOperation.Last)
        {
            settings["sortField"] = PanelValue.NewestBy;
            settings["showArrayValues"] = false;
            column["filter"] = new JsonObject { ["query"] = $"{value.Field}: *", ["language"] = "kuery" };
        }
        else
        {
            settings["emptyAsNull"] = true;
        }

        if (FormatOf(value.Unit) is { } format)
        {
            settings["format"] = format;
        }

        column["params"] = settings;
        if (value.PerSecond)
        {
            column["timeScale"] = "s";
        }

        columns[id] = column;
    }

    // A formula is saved with the columns that it was taken apart into, and is computed from these.
    private static void PutRatio(JsonObject columns, string id, PanelValue value)
    {
        var formula = $"sum({value.Field}) / sum({value.Over})";
        var (part, whole, math) = (id + "X0", id + "X1", id + "X2");
        columns[id] = new JsonObject
        {
            ["label"] = value.Label,
            ["customLabel"] = true,
            ["dataType"] = "number",
            ["operationType"] = "formula",
            ["isBucketed"] = false,
            ["scale"] = "ratio",
            ["params"] = new JsonObject { ["formula"] = formula, ["isFormulaBroken"] = false, ["format"] = FormatOf(value.Unit) },
            ["references"] = new JsonArray(math),
        };
        columns[part] = PartOf(value.Label, value.Field);
        columns[whole] = PartOf(value.Label, value.Over!);
        columns[math] = new JsonObject
        {
            ["label"] = $"Part of {value.Label}",
            ["customLabel"] = true,
            ["dataType"] = "number",
            ["operationType"] = "math",
            ["isBucketed"] = false,
            ["scale"] = "ratio",
            ["params"] = new JsonObject
            {
                ["tinymathAst"] = new JsonObject
                {
                    ["type"] = "function",
                    ["name"] = "divide",
                    ["args"] = new JsonArray(part, whole),
                    ["location"] = new JsonObject { ["min"] = 0, ["max"] = formula.Length },
                    ["text"] = formula,
                },
            },
            ["references"] = new JsonArray(part, whole),
        };
    }

    private static JsonObject PartOf(string label, string field) => new()
    {
        ["label"] = $"Part of {label}",
        ["customLabel"] = true,
        ["dataType"] = "number",
        ["operationType"] = "sum",
        ["sourceField"] = field,
        ["isBucketed"] = false,
        ["scale"] = "ratio",
        ["params"] = new JsonObject { ["emptyAsNull"] = false },
    };

    private static JsonObject? FormatOf(string? unit) => unit switch
    {
        null => null,
        "%" => new() { ["id"] = "percent", ["params"] = new JsonObject { ["decimals"] = 2 } },
        "B" => new() { ["id"] = "bytes", ["params"] = new JsonObject { ["decimals"] = 1 } },
        _ => new() { ["id"] = "number", ["params"] = new JsonObject { ["decimals"] = 1, ["suffix"] = unit } },
    };
}
