using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orca.TestKit.Elasticsearch;

/// <summary>A search: queries by id, term and bool filter; sums, counts, percentiles and terms of what they find.</summary>
internal static class SearchRequest
{
    public static JsonObject Run(IReadOnlyList<StoredDocument> documents, JsonElement request)
    {
        // Looked up by the hundred: each id once, not each document with each id.
        var ids = request.TryGetProperty("query", out var by) && by.TryGetProperty("ids", out var given)
            ? given.GetProperty("values").EnumerateArray().Select(id => id.GetString()!).ToHashSet(StringComparer.Ordinal)
            : null;
        List<StoredDocument> found = [.. documents.Where(document => ids?.Contains(document.Id) ?? (!request.TryGetProperty("query", out var query) || Matches(document, query)))
            .OrderBy(document => document.Id, StringComparer.Ordinal)];
        var after = request.TryGetProperty("search_after", out var last) ? last[0].GetString() : null;
        var size = request.TryGetProperty("size", out var most) ? most.GetInt32() : 10;
        var withSource = !request.TryGetProperty("_source", out var source) || source.ValueKind != JsonValueKind.False;
        var hits = new JsonArray();
        foreach (var document in found.Where(document => after is null || string.CompareOrdinal(document.Id, after) > 0).Take(size))
        {
            var hit = new JsonObject { ["_index"] = document.Index, ["_id"] = document.Id, ["sort"] = new JsonArray(document.Id) };
            if (withSource)
            {
                hit["_source"] = JsonNode.Parse(document.Source.GetRawText());
            }

            hits.Add((JsonNode)hit);
        }

        var response = new JsonObject
        {
            ["hits"] = new JsonObject { ["total"] = new JsonObject { ["value"] = found.Count, ["relation"] = "eq" }, ["hits"] = hits },
        };
        if (request.TryGetProperty("aggs", out var aggregations))
        {
            response["aggregations"] = Aggregate(found, aggregations);
        }

        return response;
    }

    private static bool Matches(StoredDocument document, JsonElement query)
    {
        var (name, body) = query.EnumerateObject().Select(property => (property.Name, property.Value)).Single();
        return name switch
        {
            "match_all" => true,
            "term" => body.EnumerateObject().All(term => Value(document.Source, term.Name) is { } value && value.ToString() == term.Value.ToString()),
            "exists" => Value(document.Source, body.GetProperty("field").GetString()!) is not null,
            "bool" => All(document, body, "filter") && All(document, body, "must") && (!body.TryGetProperty("must_not", out var not) || not.EnumerateArray().All(part => !Matches(document, part))),
            _ => throw new ElasticsearchError(400, "parsing_exception", $"unknown query [{name}]"),
        };
    }

    private static bool All(StoredDocument document, JsonElement body, string clause) =>
        !body.TryGetProperty(clause, out var parts) || parts.EnumerateArray().All(part => Matches(document, part));

    private static JsonObject Aggregate(IReadOnlyList<StoredDocument> documents, JsonElement aggregations)
    {
        var results = new JsonObject();
        foreach (var aggregation in aggregations.EnumerateObject())
        {
            var (kind, body) = aggregation.Value.EnumerateObject().Where(part => part.Name != "aggs").Select(part => (part.Name, part.Value)).Single();
            var field = body.GetProperty("field").GetString()!;
            results[aggregation.Name] = kind switch
            {
                "sum" => new JsonObject { ["value"] = Numbers(documents, field).Sum() },
                "max" => new JsonObject { ["value"] = Numbers(documents, field).DefaultIfEmpty(0).Max() },
                "percentiles" => Percentiles(documents, field, body.GetProperty("percents")),
                "terms" => Terms(documents, field, aggregation.Value),
                _ => throw new ElasticsearchError(400, "parsing_exception", $"unknown aggregation [{kind}]"),
            };
        }

        return results;
    }

    private static JsonObject Terms(IReadOnlyList<StoredDocument> documents, string field, JsonElement aggregation)
    {
        var buckets = new JsonArray();
        foreach (var group in documents.Select(document => (document, Value: Value(document.Source, field)?.ToString())).Where(pair => pair.Value is not null)
            .GroupBy(pair => pair.Value!, pair => pair.document).OrderByDescending(group => group.Count()))
        {
            var bucket = new JsonObject { ["key"] = group.Key, ["doc_count"] = group.Count() };
            if (aggregation.TryGetProperty("aggs", out var below))
            {
                foreach (var (name, value) in Aggregate([.. group], below))
                {
                    bucket[name] = value?.DeepClone();
                }
            }

            buckets.Add((JsonNode)bucket);
        }

        return new() { ["buckets"] = buckets };
    }

    private static JsonObject Percentiles(IReadOnlyList<StoredDocument> documents, string field, JsonElement percents)
    {
        var counts = new SortedDictionary<double, long>();
        foreach (var histogram in documents.Select(document => Value(document.Source, field)).OfType<JsonElement>())
        {
            foreach (var (value, count) in histogram.GetProperty("values").EnumerateArray().Zip(histogram.GetProperty("counts").EnumerateArray()))
            {
                counts[value.GetDouble()] = counts.GetValueOrDefault(value.GetDouble()) + count.GetInt64();
            }
        }

        var total = counts.Values.Sum();
        var values = new JsonObject();
        foreach (var percent in percents.EnumerateArray().Select(percent => percent.GetDouble()))
        {
            var rank = Math.Max(1, (long)((percent / 100 * total) + 0.5));
            double? found = null;
            foreach (var (value, count) in counts)
            {
                rank -= count;
                if (rank <= 0)
                {
                    found = value;
                    break;
                }
            }

            values[percent.ToString("0.0###", System.Globalization.CultureInfo.InvariantCulture)] = found;
        }

        return new() { ["values"] = values };
    }

    private static IEnumerable<double> Numbers(IReadOnlyList<StoredDocument> documents, string field) =>
        documents.Select(document => Value(document.Source, field)).OfType<JsonElement>().Select(value => value.GetDouble());

    private static JsonElement? Value(JsonElement source, string field)
    {
        foreach (var name in field.Split('.'))
        {
            if (source.ValueKind != JsonValueKind.Object || !source.TryGetProperty(name, out source))
            {
                return null;
            }
        }

        return source;
    }
}
