using System.Collections.Immutable;
using System.Text.Json;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Results;

/// <summary>Writes the report of a run that is over.</summary>
internal static class ReportBuilder
{
    /// <summary>Builds the report.</summary>
    /// <param name="run">The run.</param>
    /// <param name="thresholds">Its thresholds, judged.</param>
    /// <param name="last">The intervals that closed with the run, with what sinks need of them.</param>
    public static RunReport Build(RunOutcome run, ImmutableArray<ThresholdResult> thresholds, IReadOnlyList<RunInterval> last)
    {
        var (plan, ending) = (run.Plan, run.Ending);
        var loads = ending.Started ? [.. Enumerable.Range(0, plan.Scenarios.Length).Select(run.LoadOf)] : ImmutableArray<ScenarioCompleteness>.Empty;
        var reasons = VerdictJudge.Reasons(run, thresholds, loads);
        var verdict = VerdictJudge.Verdict(reasons);
        return new()
        {
            RunId = run.Started.RunId,
            Name = plan.Name,
            Swarm = run.Started.Swarm,
            Verdict = verdict,
            ExitCode = VerdictJudge.ExitCode(verdict, ending),
            Reasons = [.. reasons.OrderByDescending(reason => reason.Verdict)],
            StartTime = ending.Started ? run.Started.StartTime : null,
            EndTime = ending.EndTime,
            RunTime = ending.RunTime,
            WarmUp = plan.WarmUp,
            Interval = run.Started.Interval,
            Plan = PlanOf(plan),
            Packages = run.Started.Packages,
            Tags = Redaction.Of(plan).Tags,
            Thresholds = thresholds,
            Totals = WorkReduction.Of(run.Judged.Swarm, run.Judged.SpanOf(JudgedWork.SwarmName), withSteps: false),
            Scenarios = [.. plan.Scenarios.Select((scenario, i) => ScenarioOf(run, scenario, i))],
            Intervals = [.. run.Series.Closed.SkipLast(last.Count), .. last],
            Drones = [.. run.Members.Select(member => DroneOf(run, member))],
            Events = [.. run.Events],
            Attachments = [.. run.Members.Where(member => member.Newest is not null).SelectMany(AttachmentsOf)],
            Completeness = new()
            {
                Scenarios = loads,
                IntervalsMissing = run.Series.Missing,
                DronesUnfinished = ending.Started ? run.Unfinished : [],
            },
            Detail = ending.Started ? new(run.Totals.Measured, run.Totals.WarmUp) : null,
        };
    }

    private static JsonElement PlanOf(RunPlan plan) => Parsed(PlanFile.WriteRedacted(plan));

    private static ScenarioReport ScenarioOf(RunOutcome run, Scenario scenario, int index) => new()
    {
        Name = scenario.Name,
        Test = scenario.Test,
        Measured = WorkReduction.Of(run.Totals.Measured[index], run.Judged.SpanOf(scenario.Name), withSteps: true),
        WarmUp = run.Plan.WarmUp > TimeSpan.Zero
            ? WorkReduction.Of(run.Totals.WarmUp[index], WarmUpSpan(run, scenario), withSteps: true)
            : null,
        NamesOverCap = run.Members.Where(member => member.Newest is not null).Sum(member => run.Totals.Of(member.Newest!, index)?.NamesOverCap ?? 0),
    };

    private static TimeSpan WarmUpSpan(RunOutcome run, Scenario scenario)
    {
        var end = new[] { run.Plan.WarmUp, scenario.End, run.Ending.RunTime }.Min();
        return end > scenario.StartAfter ? end - scenario.StartAfter : TimeSpan.Zero;
    }

    private static DroneReport DroneOf(RunOutcome run, LedgerMember member)
    {
        var roster = run.Started.Drones.FirstOrDefault(drone => drone.Id == member.Key.Drone && drone.Incarnation == member.Key.Incarnation);
        var report = new DroneReport
        {
            Id = member.Key.Drone,
            Incarnation = member.Key.Incarnation,
            Rank = roster?.Rank,
            Host = roster?.Host,
            Slots = roster is null ? null : SlotSet.ForRank(roster.Rank, run.Started.Drones.Length).ToString(),
            Lost = roster is not null && run.Lost.Contains(member.Key.Drone),
        };
        if (member.Newest is not { } newest)
        {
            return report;
        }

        long Sum(Func<MeasurementSet, long> figure) => newest.Scenarios.Sum(scenario => figure(scenario.Measured) + figure(scenario.WarmUp));
        var lateness = new Histogram(run.Plan.Precision);
        foreach (var scenario in newest.Scenarios)
        {
            lateness.Add(scenario.Measured.Lateness);
        }

        var all = run.Totals.Measured.Sum(set => set.Started) + run.Totals.WarmUp.Sum(set => set.Started);
        var started = Sum(set => set.Started);
        var health = newest.Health;
        return report with
        {
            Epoch = newest.Header.Epoch,
            Share = all == 0 ? 0 : (double)started / all,
            MeasuredTo = newest.Header.RunTime,
            Finished = newest.Header.Final,
            Started = started,
            Ok = Sum(set => set.ResponseOk.Count),
            Failed = Sum(set => set.ResponseFailed.Count),
            Dropped = Sum(set => set.Dropped),
            Missed = Sum(set => set.Missed),
            Interrupted = Sum(set => set.Interrupted),
            Processors = health.Processors,
            Cpu = health.Elapsed > TimeSpan.Zero && health.Processors > 0 ? health.Processor / health.Elapsed / health.Processors : 0,
            GcPause = health.GcPause,
            WorkingSet = health.WorkingSet,
            Lateness = TimeStatistics.Of(lateness),
            SchedulingDelay = TimeStatistics.Of(RunOutcome.SchedulingDelayOf(member)),
        };
    }

    private static IEnumerable<AttachmentReport> AttachmentsOf(LedgerMember member) =>
        member.Newest!.Attachments.Select(attachment => new AttachmentReport(member.Key.Drone, attachment.Scenario, attachment.Name, ValueOf(attachment.Json)));

    /// <summary>The value of a JSON text; the text itself where it is none.</summary>
    private static JsonElement ValueOf(string json)
    {
        try
        {
            return Parsed(json);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(json, ReportJsonContext.Default.String);
        }
    }

    private static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
