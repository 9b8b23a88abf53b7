using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orca.Plans;

/// <summary>Writes plans in the file's own form; defaults are written out, so that a reader with other defaults reads the same plan.</summary>
internal static class PlanWriter
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonObject Write(RunPlan plan)
    {
        var json = new JsonObject { ["name"] = plan.Name };
        Set(json, "package", plan.Package?.ToString());
        Set(json, "target", plan.Target?.OriginalString);
        json["quorum"] = Quorum(plan.Quorum);
        json["scenarios"] = new JsonObject(plan.Scenarios.Select(scenario => KeyValuePair.Create(scenario.Name, (JsonNode?)Scenario(scenario))));
        if (plan.Thresholds.Length > 0)
        {
            json["thresholds"] = new JsonArray([.. plan.Thresholds.Select(threshold => Threshold(threshold.Text, threshold.After, threshold.Abort))]);
        }

        Set(json, "parameters", Parameters(plan.Parameters));
        Set(json, "tags", plan.Tags.Count == 0 ? null : new JsonObject(plan.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))));
        Set(json, "seed", plan.Seed);
        json["interval"] = Time(plan.Interval);
        json["precision"] = plan.Precision;
        json["warmUp"] = Time(plan.WarmUp);
        json["grace"] = Time(plan.Grace);
        json["setUpTimeout"] = Time(plan.SetUpTimeout);
        json["joinTimeout"] = Time(plan.JoinTimeout);
        json["leaderTimeout"] = Time(plan.LeaderTimeout);
        json["onDroneLost"] = OnDroneLost(plan.OnDroneLost);
        json["limits"] = Limits(plan.Limits);
        return json;
    }

    public static JsonObject Quorum(Quorum quorum) => new()
    {
        ["min"] = quorum.Min,
        ["max"] = quorum.Max,
        ["wait"] = Time(quorum.Wait),
    };

    public static JsonArray Load(IEnumerable<LoadStage> stages) => [.. stages.Select(Stage)];

    public static JsonNode Threshold(string text, TimeSpan after, bool abort)
    {
        if (after == TimeSpan.Zero && !abort)
        {
            return JsonValue.Create(text);
        }

        return new JsonObject { ["that"] = text, ["after"] = Time(after), ["abort"] = abort };
    }

    public static JsonNode Parameter(ParameterValue value) =>
        value.Secret is null ? JsonValue.Create(value.Text ?? "") : new JsonObject { ["secret"] = value.Secret };

    public static JsonObject Limits(ValidityLimits limits) => new()
    {
        ["notStarted"] = Share(limits.NotStarted),
        ["lateness"] = Time(limits.Lateness),
        ["latenessOfService"] = Share(limits.LatenessOfService),
        ["delivered"] = Share(limits.Delivered),
    };

    public static string OnDroneLost(LostDronePolicy policy) => Word(policy, PlanKeys.OnDroneLost);

    public static string Connections(ConnectionMode mode) => Word(mode, PlanKeys.Connections);

    public static string Time(TimeSpan time) => DurationText.Format(time);

    private static JsonObject Scenario(Scenario scenario)
    {
        var json = new JsonObject
        {
            ["test"] = scenario.Test,
            ["load"] = Load(scenario.Load),
            ["maxUsers"] = scenario.MaxUsers,
            ["startAfter"] = Time(scenario.StartAfter),
            ["connections"] = Connections(scenario.Connections),
        };
        Set(json, "parameters", Parameters(scenario.Parameters));
        return json;
    }

    private static JsonObject Stage(LoadStage stage)
    {
        var json = new JsonObject();
        switch (stage)
        {
            case UsersStage users:
                json["users"] = users.From;
                Set(json, "to", users.To == users.From ? null : users.To);
                break;
            case RateStage rate:
                json["rate"] = Rate(rate.From);
                Set(json, "to", rate.To == rate.From ? null : Rate(rate.To));
                Set(json, "arrivals", rate.Arrivals == ArrivalPattern.Uniform ? null : Word(rate.Arrivals, PlanKeys.Arrivals));
                Set(json, "users", rate.Users);
                break;
            case IterationsStage iterations:
                json["iterations"] = iterations.Iterations;
                json["users"] = iterations.Users;
                break;
        }

        json[stage is PauseStage ? "pause" : "for"] = Time(stage.Duration);
        return json;
    }

    private static JsonObject? Parameters(IReadOnlyDictionary<string, ParameterValue> parameters) => parameters.Count == 0
        ? null
        : new JsonObject(parameters.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Parameter(pair.Value))));

    // Without the zeros behind the point that a decimal remembers.
    private static decimal Rate(decimal rate) =>
        decimal.Parse(rate.ToString("0.############################", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // JSON has no word for what is no number; the reader will say so.
    private static JsonNode Share(double share) =>
        double.IsFinite(share) ? share : share.ToString(CultureInfo.InvariantCulture);

    // A value that has no word is written as its number, which the reader refuses.
    private static string Word<T>(T value, IEnumerable<(string Word, T Value)> words)
        where T : struct, Enum =>
        words.FirstOrDefault(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Word ?? value.ToString();

    private static void Set(JsonObject json, string key, JsonNode? value)
    {
        if (value is not null)
        {
            json[key] = value;
        }
    }
}
