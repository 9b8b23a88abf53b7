using Orca.Plans;

namespace Orca.Tests.Plans;

/// <summary>Plans as text, and what reading them gives.</summary>
internal static class PlanTexts
{
    /// <summary>The example of the contract.</summary>
    public const string Full = """
        {
          "$schema": "orca.schema.json",
          "name": "checkout under Friday load",
          "package": "Acme.Shop.LoadTests@1.4.*",       // required where the file is not inside a package
          "target": "https://staging.example/",
          "quorum": 3,
          "scenarios": {
            "browse":   { "test": "browse", "load": [ { "users": 0, "to": 200, "for": "1m" }, { "users": 200, "for": "5m" } ] },
            "checkout": { "load": [ { "rate": 50, "to": 400, "for": "2m" }, { "rate": 400, "for": "5m", "arrivals": "poisson" } ],
                          "maxUsers": 2000, "startAfter": "30s", "connections": "perUser", "parameters": { "basket": "large" } },
            "import":   { "load": [ { "iterations": 10000, "users": 20, "for": "10m" }, { "pause": "30s" } ] }
          },
          "thresholds": [
            "checkout p99 < 250ms",
            "checkout/pay errors < 0.5%",
            { "that": "checkout errors < 10%", "after": "10s", "abort": true },
            "browse/search rate > 150/s"
          ],
          "parameters": { "catalog": "small", "login": { "secret": "shop-login" } },
          "tags": { "branch": "main" },
          "seed": 42, "interval": "1s", "precision": 3, "warmUp": "10s", "grace": "30s", "setUpTimeout": "60s",
          /* what happens then */
          "onDroneLost": "redistribute",
        }
        """;

    public static string With(string keys) =>
        $$"""{ "scenarios": { "browse": { "load": [ { "users": 5, "for": "10s" } ] } }{{(keys.Length == 0 ? "" : ", " + keys)}} }""";

    public static string WithStage(string stage) => $$"""{ "scenarios": { "browse": { "load": [ {{stage}} ] } } }""";

    public static Outcome<RunPlan> Read(params string[] layers) =>
        PlanFile.Read([.. layers.Select((json, i) => new PlanLayer(i == 0 ? "orca.json" : $"layer {i}", json))], new PlanReading());

    public static RunPlan Plan(params string[] layers)
    {
        var read = Read(layers).TryGet(out var plan, out var problems);
        Assert.True(read, string.Join('\n', problems));
        return plan!;
    }

    public static IReadOnlyList<Problem> Problems(params string[] layers)
    {
        Assert.False(Read(layers).TryGet(out _, out var problems), "the plan is read, and should not be");
        return problems;
    }

    public static Problem Problem(params string[] layers) => Assert.Single(Problems(layers));
}
