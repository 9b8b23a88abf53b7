using System.Text.Json;
using System.Text.RegularExpressions;
using Orca.Plans;

namespace Orca.Tests.Plans;

/// <summary>The schema that editors use says what the reader does.</summary>
public sealed class PlanSchemaTests
{
    private static readonly JsonElement Schema = Read();

    public static TheoryData<string, string[]> Parts => new()
    {
        { "", [.. PlanKeys.Root] },
        { "quorum", [.. PlanKeys.Quorum] },
        { "scenario", [.. PlanKeys.Scenario] },
        { "usersStage", [.. PlanKeys.UsersStage] },
        { "rateStage", [.. PlanKeys.RateStage] },
        { "iterationsStage", [.. PlanKeys.IterationsStage] },
        { "pauseStage", [.. PlanKeys.PauseStage] },
        { "threshold", [.. PlanKeys.Threshold] },
        { "limits", [.. PlanKeys.Limits] },
        { "secret", [.. PlanKeys.Secret] },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Schema_EveryPart_HasTheReadersKeysAndNoOther(string part, string[] keys)
    {
        var schema = part.Length == 0 ? Schema : Schema.GetProperty("$defs").GetProperty(part);

        Assert.Equal(keys.Order(StringComparer.Ordinal), schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(JsonValueKind.False, schema.GetProperty("additionalProperties").ValueKind);
    }

    [Fact]
    public void Schema_Words_AreTheReaders()
    {
        var definitions = Schema.GetProperty("$defs");
        Assert.Equal(PlanKeys.OnDroneLost.Select(word => word.Word), Words(Schema.GetProperty("properties").GetProperty("onDroneLost")));
        Assert.Equal(PlanKeys.Connections.Select(word => word.Word), Words(definitions.GetProperty("scenario").GetProperty("properties").GetProperty("connections")));
        Assert.Equal(PlanKeys.Arrivals.Select(word => word.Word), Words(definitions.GetProperty("rateStage").GetProperty("properties").GetProperty("arrivals")));
    }

    [Fact]
    public void Schema_Limits_AreTheReaders()
    {
        var definitions = Schema.GetProperty("$defs");
        Assert.Equal(PlanLimits.MostDrones, definitions.GetProperty("drones").GetProperty("maximum").GetInt32());
        Assert.Equal(PlanLimits.MostUsers, definitions.GetProperty("users").GetProperty("maximum").GetInt32());
        Assert.Equal(PlanLimits.MostRate, definitions.GetProperty("rate").GetProperty("maximum").GetDecimal());
        Assert.Equal(PlanLimits.MostRateUsers, definitions.GetProperty("scenario").GetProperty("properties").GetProperty("maxUsers").GetProperty("maximum").GetInt32());
        Assert.Equal(PlanLimits.MostStages, definitions.GetProperty("scenario").GetProperty("properties").GetProperty("load").GetProperty("maxItems").GetInt32());
        Assert.Equal(PlanLimits.MostScenarios, Schema.GetProperty("properties").GetProperty("scenarios").GetProperty("maxProperties").GetInt32());
        Assert.Equal(PlanLimits.MostThresholds, Schema.GetProperty("properties").GetProperty("thresholds").GetProperty("maxItems").GetInt32());
        Assert.Equal(PlanLimits.LongestName, definitions.GetProperty("name").GetProperty("maxLength").GetInt32());
    }

    [Theory]
    [InlineData("250ms")]
    [InlineData("1m30s")]
    [InlineData("1.5h")]
    [InlineData("01:02:03.5")]
    [InlineData("5x")]
    [InlineData("")]
    [InlineData("1s1m")]
    [InlineData("5")]
    [InlineData("00:60:00")]
    public void Schema_Durations_AreTheReaders(string text)
    {
        var pattern = Schema.GetProperty("$defs").GetProperty("duration").GetProperty("anyOf")[0].GetProperty("pattern").GetString()!;

        Assert.Equal(DurationText.TryParse(text, out _), Regex.IsMatch(text, pattern));
    }

    [Fact]
    public void Schema_References_AllExist()
    {
        var definitions = Schema.GetProperty("$defs");
        var references = Regex.Matches(Schema.GetRawText(), "\"\\$ref\": \"#/\\$defs/(\\w+)\"").Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.NotEmpty(references);
        Assert.All(references, name => Assert.True(definitions.TryGetProperty(name, out _), name));
    }

    private static IEnumerable<string?> Words(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString());

    private static JsonElement Read()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Orca.sln")))
        {
            root = root.Parent;
        }

        Assert.NotNull(root);
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(root.FullName, "src", "Orca.Abstractions", "orca.schema.json")));
        return schema.RootElement.Clone();
    }
}
