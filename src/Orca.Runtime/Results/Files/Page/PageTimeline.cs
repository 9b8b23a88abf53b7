using System.Text.Json;
using Orca.Plans;
using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>The run's time axis: intervals, the plan's stages, what happened, and the stretches that need a second look.</summary>
internal static class PageTimeline
{
    public static void Write(RunReport report, List<RunInterval> intervals, Utf8JsonWriter json)
    {
        var end = intervals.Count == 0 ? report.RunTime : intervals[^1].To;
        json.WriteNumber("seconds", Math.Max((end > report.RunTime ? end : report.RunTime).TotalSeconds, 0.001));
        json.WriteNumber("interval", report.Interval.TotalSeconds);
        Column("from", interval => interval.From);
        Column("to", interval => interval.To);
        json.WriteStartArray("bands");
        WriteBands(report, intervals, json);
        json.WriteEndArray();
        json.WriteStartArray("marks");
        foreach (var happened in report.Events)
        {
            if (happened.RunTime is { } at && at >= TimeSpan.Zero)
            {
                json.WriteStartObject();
                json.WriteNumber("at", at.TotalSeconds);
                json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(happened.Kind.ToString()));
                json.WriteString("text", happened.Text);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("stages");
        WriteStages(report.Plan, json);
        json.WriteEndArray();

        void Column(string name, Func<RunInterval, TimeSpan> value)
        {
            json.WriteStartArray(name);
            intervals.ForEach(interval => json.WriteNumberValue(Math.Round(value(interval).TotalSeconds, 3)));
            json.WriteEndArray();
        }
    }

    private static void WriteBands(RunReport report, List<RunInterval> intervals, Utf8JsonWriter json)
    {
        if (report.WarmUp > TimeSpan.Zero)
        {
            Band("warmUp", TimeSpan.Zero, report.WarmUp, "warm-up", "left out of figures and thresholds");
        }

        foreach (var reason in report.Reasons)
        {
            foreach (var window in reason.Windows)
            {
                Band("invalid", window.From, window.To, reason.Cause is { } cause ? ConsoleSummary.Name(cause) : "invalid", reason.Text);
            }
        }

        foreach (var interval in intervals)
        {
            if (interval.Wide)
            {
                Band("gap", interval.From, interval.To, "not told apart", "not told apart by interval");
            }
            else if (!interval.Missing.IsEmpty)
            {
                Band("gap", interval.From, interval.To, $"without {string.Join(", ", interval.Missing)}", $"closed without {string.Join(", ", interval.Missing)}");
            }
        }

        void Band(string kind, TimeSpan from, TimeSpan to, string label, string text)
        {
            json.WriteStartObject();
            json.WriteString("kind", kind);
            json.WriteNumber("from", from.TotalSeconds);
            json.WriteNumber("to", to.TotalSeconds);
            json.WriteString("label", label);
            json.WriteString("text", text);
            json.WriteEndObject();
        }
    }

    /// <summary>The stages as the report's plan has them; what cannot be read is left out.</summary>
    private static void WriteStages(JsonElement plan, Utf8JsonWriter json)
    {
        if (plan.ValueKind != JsonValueKind.Object || !plan.TryGetProperty("scenarios", out var scenarios) || scenarios.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var scenario in scenarios.EnumerateObject())
        {
            if (scenario.Value.ValueKind != JsonValueKind.Object || !scenario.Value.TryGetProperty("load", out var load) || load.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("scenario", scenario.Name);
            json.WriteStartArray("items");
            var at = Duration(scenario.Value, "startAfter") ?? TimeSpan.Zero;
            foreach (var stage in load.EnumerateArray())
            {
                var length = Duration(stage, "for") ?? Duration(stage, "pause") ?? TimeSpan.Zero;
                var (kind, label) = LabelOf(stage);
                json.WriteStartObject();
                json.WriteString("kind", kind);
                json.WriteString("label", label);
                json.WriteNumber("from", at.TotalSeconds);
                json.WriteNumber("to", (at + length).TotalSeconds);
                json.WriteEndObject();
                at += length;
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static (string Kind, string Label) LabelOf(JsonElement stage)
    {
        var to = Number(stage, "to");
        if (Number(stage, "rate") is { } rate)
        {
            return ("rate", (to is { } end ? $"{Figures.Number(rate)} → {Figures.Number(end)}" : Figures.Number(rate)) + "/s");
        }

        if (Number(stage, "iterations") is { } iterations)
        {
            return ("iterations", $"{Figures.Number(iterations)} iterations");
        }

        return Number(stage, "users") is { } users
            ? ("users", (to is { } last ? $"{Figures.Number(users)} → {Figures.Number(last)}" : Figures.Number(users)) + " users")
            : ("pause", "pause");
    }

    private static double? Number(JsonElement stage, string name)
    {
        if (stage.ValueKind != JsonValueKind.Object || !stage.TryGetProperty(name, out var value))
        {
            return null;
        }

        // A rate is written as a number, or as text with its unit.
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when double.TryParse(value.GetString()!.Split('/')[0], System.Globalization.CultureInfo.InvariantCulture, out var rate) => rate,
            _ => null,
        };
    }

    private static TimeSpan? Duration(JsonElement stage, string name) =>
        stage.ValueKind == JsonValueKind.Object && stage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && DurationText.TryParse(value.GetString(), out var length)
            ? length
            : null;
}
