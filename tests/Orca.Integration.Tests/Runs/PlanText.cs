namespace Orca.Tests.Runs;

/// <summary>Plan files for short runs.</summary>
internal static class PlanText
{
    /// <summary>Limits that a busy machine does not pass, for these runs are about other things than punctuality.</summary>
    public const string WideLimits = """ "limits": { "lateness": "30s", "notStarted": 1, "delivered": 0 }, "grace": "5s", "seed": 42 """;

    /// <summary>One scenario, <c>go</c>, of the test <c>sample</c>: 50 iterations within a second.</summary>
    public static string Of(string package, string quorum = "2", string more = "") => $$"""
        {
          "package": "{{package}}@1.0.0",
          "quorum": {{quorum}},
          "scenarios": { "go": { "test": "sample", "maxUsers": 200, "load": [ { "rate": 50, "for": "1s" } ] } },
          {{more}}
          {{WideLimits}}
        }
        """;
}
