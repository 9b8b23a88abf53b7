using System.Collections.Immutable;
using System.Text.Json;
using Orca.Hosting;
using Orca.Results;

namespace Orca.Tool.Output;

/// <summary>What one iteration of a scenario came to, in JSON.</summary>
internal sealed record OnceDocument(
    string Scenario,
    string Test,
    bool Passed,
    long Iterations,
    long Failed,
    ImmutableArray<StepStatistics> Steps,
    ImmutableArray<CheckStatistics> Checks,
    ImmutableArray<ErrorStatistics> Errors,
    ImmutableArray<MetricStatistics> Metrics,
    ImmutableSortedDictionary<string, JsonElement> Attachments,
    IReadOnlyList<ProblemDocument> Problems,
    string? FirstException)
{
    public static OnceDocument Of(ScenarioOnce once) => new(
        once.Scenario,
        once.Result.Test,
        once.Result.Passed,
        once.Result.Iterations,
        once.Result.Failed,
        once.Result.Steps,
        once.Result.Checks,
        once.Result.Errors,
        once.Result.Metrics,
        once.Result.Attachments,
        [.. once.Result.Problems.Select(ProblemDocument.Of)],
        once.Result.FirstException);
}
