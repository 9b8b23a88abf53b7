using System.Collections.Immutable;
using Orca.Results.Console;

namespace Orca.Results;

/// <summary>Gathers every reason for a verdict; the gravest decides: aborted, invalid, failed, passed.</summary>
internal static class VerdictJudge
{
    public static IReadOnlyList<VerdictReason> Reasons(
        RunOutcome run, ImmutableArray<ThresholdResult> thresholds, ImmutableArray<ScenarioCompleteness> loads)
    {
        List<VerdictReason> reasons = [];
        if (run.Ending.Aborted is { } problem)
        {
            reasons.Add(new() { Verdict = Results.Verdict.Aborted, Text = problem.ToString() });
        }
        else if (run.Ending.Interrupted)
        {
            reasons.Add(new() { Verdict = Results.Verdict.Aborted, Text = "The run was interrupted." });
        }

        if (!run.Ending.Started)
        {
            return reasons;
        }

        reasons.AddRange(new ValidityJudge(run).Judge(loads));
        reasons.AddRange(thresholds.Where(threshold => !threshold.Passed).Select(threshold => new VerdictReason
        {
            Verdict = Results.Verdict.Failed,
            Text = $"Threshold '{threshold.Text}' failed. {threshold.Reason}",
        }));
        if (run.Ending.AbortedByThreshold && thresholds.All(threshold => threshold.Passed))
        {
            reasons.Add(new() { Verdict = Results.Verdict.Failed, Text = "An aborting threshold ended the run." });
        }

        reasons.AddRange(loads.Where(load => load.IterationsFinished < load.IterationsPlanned).Select(load => new VerdictReason
        {
            Verdict = Results.Verdict.Failed,
            Scenario = load.Name,
            Text = $"'{load.Name}' did not finish its iterations in their time: {Figures.Count(load.IterationsFinished ?? 0)} of {Figures.Count(load.IterationsPlanned)} were done.",
        }));
        return reasons;
    }

    /// <summary>The verdict that the gravest of some reasons speaks for.</summary>
    public static Verdict Verdict(IReadOnlyList<VerdictReason> reasons) =>
        reasons.Count == 0 ? Results.Verdict.Passed : reasons.Max(reason => reason.Verdict);

    public static int ExitCode(Verdict verdict, RunEnding ending) => verdict switch
    {
        Results.Verdict.Aborted when ending.Interrupted => Orca.ExitCode.Interrupted,
        Results.Verdict.Aborted => Orca.ExitCode.Aborted,
        Results.Verdict.Invalid => Orca.ExitCode.Invalid,
        Results.Verdict.Failed => Orca.ExitCode.Failed,
        _ => Orca.ExitCode.Passed,
    };
}
