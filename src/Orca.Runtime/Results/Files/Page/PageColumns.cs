using System.Text.Json;

namespace Orca.Results.Files.Page;

/// <summary>Columns of figures as JSON arrays, one value for each interval, of four significant digits: more cannot be seen in a chart.</summary>
internal static class PageColumns
{
    /// <summary>Writes a column; nothing where it holds nothing but zeros.</summary>
    public static void Write(Utf8JsonWriter json, string name, IEnumerable<double?> values)
    {
        double?[] all = [.. values];
        if (all.All(value => value is null or 0))
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in all)
        {
            WriteValue(json, value);
        }

        json.WriteEndArray();
    }

    public static void WriteTimes(Utf8JsonWriter json, string name, IEnumerable<IntervalTimes?> times)
    {
        IntervalTimes?[] all = [.. times];
        json.WriteStartObject(name);
        Write(json, "p50", all.Select(some => some?.P50));
        Write(json, "p90", all.Select(some => some?.P90));
        Write(json, "p95", all.Select(some => some?.P95));
        Write(json, "p99", all.Select(some => some?.P99));
        Write(json, "max", all.Select(some => some?.Max));
        json.WriteEndObject();
    }

    public static void WriteValue(Utf8JsonWriter json, double? value)
    {
        if (value is not { } known || !double.IsFinite(known))
        {
            json.WriteNullValue();
            return;
        }

        var size = known == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(known)));
        var decimals = Math.Clamp(3 - size, 0, 12);
        json.WriteNumberValue(Math.Round(known, decimals));
    }
}
