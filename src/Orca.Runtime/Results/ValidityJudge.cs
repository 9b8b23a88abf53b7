using System.Collections.Immutable;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results.Console;

namespace Orca.Results;

/// <summary>Finds out whether the load produced was the load asked for, and if not, whose fault it was and when.</summary>
internal sealed class ValidityJudge(RunOutcome run)
{
    /// <summary>A drone's own p99 is trusted from so many samples on: then ten lie beyond it.</summary>
    private const int TrustedSamples = 1000;

    private readonly List<VerdictReason> _reasons = [];
    private readonly Dictionary<TimeSpan, RunInterval> _byBegin = run.Series.Closed.Where(interval => !interval.Correction).DistinctBy(interval => interval.From).ToDictionary(interval => interval.From);
    private bool _dronesWereLate;

    private ValidityLimits Limits => run.Plan.Limits;

    public IReadOnlyList<VerdictReason> Judge(ImmutableArray<ScenarioCompleteness> loads)
    {
        // Drones that do not keep up hold their users up too: the root comes before what follows from it.
        JudgeSchedulingDelay();
        for (var i = 0; i < loads.Length; i++)
        {
            JudgeLateness(i);
        }

        _dronesWereLate = _reasons.Count > 0;
        for (var i = 0; i < loads.Length; i++)
        {
            var notStarted = JudgeNotStarted(i, loads[i]);
            if (run.Ending.Aborted is null)
            {
                JudgeDelivered(i, loads[i], notStarted);
            }
        }

        return _reasons;
    }

    private string WhyNoneWasFree => _dronesWereLate
        ? "which may follow from the drones' own delay: more or faster drones come first; else the target was slow or 'maxUsers' is too small"
        : "because the target was slow or 'maxUsers' is too small";

    private bool JudgeNotStarted(int scenario, ScenarioCompleteness load)
    {
        var due = load.ArrivalsStarted + load.Dropped + load.Missed;
        if (due == 0 || load.Dropped + load.Missed <= Limits.NotStarted * due)
        {
            return false;
        }

        var maxUsers = run.Plan.Scenarios[scenario].MaxUsers;
        if (load.Dropped > 0 && (load.Dropped >= load.Missed || load.Dropped > Limits.NotStarted * due))
        {
            Add(
                InvalidCause.UsersExhausted,
                load.Name,
                $"{Of(load.Dropped, due)} of the arrivals of '{load.Name}' were dropped: none of its {Figures.Count(maxUsers)} users was free, {WhyNoneWasFree}.",
                DronesWith(scenario, set => set.Dropped),
                WindowsWhere(interval => Share(interval, scenario, figures => figures.Dropped) > Limits.NotStarted));
        }

        if (load.Missed > 0 && (load.Missed > load.Dropped || load.Missed > Limits.NotStarted * due))
        {
            var outOfTouch = run.Members.Sum(member => member.MissedOutOfTouch) * 2 > load.Missed;
            Add(
                outOfTouch ? InvalidCause.Medium : InvalidCause.Generator,
                load.Name,
                $"{Of(load.Missed, due)} of the arrivals of '{load.Name}' were missed: {(outOfTouch ? "drones were cut off from the swarm and had to pause" : "drones were more than 1 s late for them")}.",
                DronesWith(scenario, set => set.Missed),
                WindowsWhere(interval => Share(interval, scenario, figures => figures.Missed) > Limits.NotStarted));
        }

        return true;
    }

    private void JudgeDelivered(int scenario, ScenarioCompleteness load, bool explained)
    {
        if (load.ArrivalsPlanned > 0)
        {
            var lacking = explained ? load.ArrivalsUnaccounted : load.ArrivalsPlanned - load.ArrivalsStarted;
            if (lacking > (1 - Limits.Delivered) * load.ArrivalsPlanned)
            {
                AddUndelivered(
                    load,
                    load.ArrivalsUnaccounted * 2 >= lacking ? CauseOfGap() : load.Dropped >= load.Missed ? InvalidCause.UsersExhausted : InvalidCause.Generator,
                    $"only {Figures.Count(load.ArrivalsStarted)} of {Figures.Count(load.ArrivalsPlanned)} planned arrivals of '{load.Name}' ({Figures.Percent((double)load.ArrivalsStarted / load.ArrivalsPlanned)}) were started",
                    WindowsWhere(interval => Measured(interval, scenario) is { ArrivalsAsked: > 0 } figures && figures.Arrivals < Limits.Delivered * figures.ArrivalsAsked && !IsMadeUpFor(interval, scenario)));
            }
        }

        if (load.UserTimePlanned > TimeSpan.Zero && load.UserTime < Limits.Delivered * load.UserTimePlanned)
        {
            AddUndelivered(
                load,
                CauseOfGap(),
                $"only {Figures.Number(load.UserTime.TotalSeconds)} of {Figures.Number(load.UserTimePlanned.TotalSeconds)} planned user-seconds of '{load.Name}' ({Figures.Percent(load.UserTime / load.UserTimePlanned)}) were delivered",
                WindowsWhere(interval => Measured(interval, scenario) is { } figures && figures.UserTime < Limits.Delivered * figures.UserTimeAsked));
        }
    }

    private void AddUndelivered(ScenarioCompleteness load, InvalidCause cause, string what, ImmutableArray<RunWindow> windows)
    {
        var drones = cause == InvalidCause.DroneLost ? (run.Lost.IsEmpty ? run.Unfinished : run.Lost) : [];
        var why = cause switch
        {
            InvalidCause.DroneLost => $"what {Names(drones)} should have done is lacking",
            InvalidCause.UsersExhausted => "no user was free for the rest",
            _ => "the drones did not keep up",
        };
        Add(cause, load.Name, $"{char.ToUpperInvariant(what[0])}{what[1..]}: {why}.", drones, windows);
    }

    private InvalidCause CauseOfGap() =>
        run.Lost.IsEmpty && run.Unfinished.IsEmpty ? InvalidCause.Generator : InvalidCause.DroneLost;

    private void JudgeLateness(int scenario)
    {
        var set = run.Totals.Measured[scenario];
        var limit = LimitBeside(set.ServiceOk, set.ServiceFailed);
        var name = run.Plan.Scenarios[scenario].Name;
        var late = run.Members
            .Where(member => member.Newest is not null)
            .Select(member => (member.Key.Drone, Times: run.Totals.Of(member.Newest!, scenario)?.Measured.Lateness))
            .Where(drone => drone.Times is not null && drone.Times.ValueAt(99) > limit)
            .Select(drone => (drone.Drone, Times: drone.Times!))
            .ToList();
        JudgeDelay(set.Lateness, late, limit, name, $"Arrivals of '{name}' were started late", figures => figures.LatenessP99);
    }

    private void JudgeSchedulingDelay()
    {
        var swarm = run.Judged.Swarm;
        var limit = LimitBeside(swarm.ServiceOk, swarm.ServiceFailed);
        var all = new Histogram(run.Plan.Precision);
        List<(string Drone, Histogram Times)> late = [];
        foreach (var member in run.Members.Where(member => member.Newest is not null))
        {
            var delay = RunOutcome.SchedulingDelayOf(member);
            all.Add(delay);
            if (delay.ValueAt(99) > limit)
            {
                late.Add((member.Key.Drone, delay));
            }
        }

        JudgeDelay(all, late, limit, null, "Work waited for the drones' thread pools", figures => figures.SchedulingDelayP99);
    }

    private void JudgeDelay(
        Histogram all, List<(string Drone, Histogram Times)> late, long limit, string? scenario, string what, Func<DroneFigures, double?> figure)
    {
        var trusted = late.Where(drone => drone.Times.Count >= TrustedSamples).ToList();
        var swarmIsLate = all.ValueAt(99) > limit;
        if (!swarmIsLate && trusted.Count == 0)
        {
            return;
        }

        var named = (swarmIsLate ? late : trusted).Select(drone => drone.Drone).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        var p99 = swarmIsLate ? all.ValueAt(99) : trusted.Max(drone => drone.Times.ValueAt(99));
        var milliseconds = limit / 1e6;
        Add(
            InvalidCause.Generator,
            scenario,
            $"{what}: p99 {Figures.Time(p99 / 1e6)}{(swarmIsLate ? "" : " on " + Names(named))}, where {Figures.Time(milliseconds)} is allowed.",
            named,
            WindowsWhere(interval => interval.Drones.Any(drone => named.Contains(drone.Drone) && figure(drone) > milliseconds)));
    }

    /// <summary>The p99 allowed, in nanoseconds: the fixed limit, or a part of the service time's p99, whichever is greater.</summary>
    private long LimitBeside(Histogram ok, Histogram failed)
    {
        var service = new Histogram(run.Plan.Precision);
        service.Add(ok);
        service.Add(failed);
        return Math.Max(Limits.Lateness.Ticks * 100, (long)(Limits.LatenessOfService * service.ValueAt(99)));
    }

    private void Add(InvalidCause cause, string? scenario, string text, ImmutableArray<string> drones, ImmutableArray<RunWindow> windows) =>
        _reasons.Add(new() { Verdict = Verdict.Invalid, Cause = cause, Scenario = scenario, Text = text, Drones = drones, Windows = windows });

    private ImmutableArray<string> DronesWith(int scenario, Func<MeasurementSet, long> figure) =>
    [
        .. run.Members.Where(member => member.Newest is { } newest && run.Totals.Of(newest, scenario) is { } part && figure(part.Measured) > 0)
            .Select(member => member.Key.Drone).Distinct().Order(StringComparer.Ordinal),
    ];

    private ImmutableArray<RunWindow> WindowsWhere(Func<RunInterval, bool> broken)
    {
        var windows = ImmutableArray.CreateBuilder<RunWindow>();
        foreach (var interval in run.Series.Closed.Where(interval => !interval.Correction && interval.To > run.Plan.WarmUp && broken(interval)))
        {
            var from = interval.From > run.Plan.WarmUp ? interval.From : run.Plan.WarmUp;
            if (windows.Count > 0 && windows[^1].To == from)
            {
                windows[^1] = windows[^1] with { To = interval.To };
            }
            else
            {
                windows.Add(new(from, interval.To));
            }
        }

        return windows.ToImmutable();
    }

    // An arrival that starts just past its interval's end counts in the next one.
    private bool IsMadeUpFor(RunInterval interval, int scenario) =>
        _byBegin.TryGetValue(interval.To, out var next)
        && Measured(interval, scenario).Arrivals + Measured(next, scenario).Arrivals >= Limits.Delivered * (Measured(interval, scenario).ArrivalsAsked + Measured(next, scenario).ArrivalsAsked);

    private static IntervalFigures Measured(RunInterval interval, int scenario) => interval.Scenarios[scenario];

    private static double Share(RunInterval interval, int scenario, Func<IntervalFigures, long> part)
    {
        var figures = Measured(interval, scenario);
        var due = figures.Arrivals + figures.Dropped + figures.Missed;
        return due == 0 ? 0 : (double)part(figures) / due;
    }

    private static string Of(long part, long whole) => $"{Figures.Count(part)} of {Figures.Count(whole)} ({Figures.Percent((double)part / whole)})";

    private static string Names(ImmutableArray<string> drones) => drones.Length switch
    {
        0 => "some drone",
        1 => $"drone {drones[0]}",
        <= 4 => "drones " + string.Join(", ", drones),
        _ => $"drones {string.Join(", ", drones.Take(3))} and {drones.Length - 3} more",
    };
}
