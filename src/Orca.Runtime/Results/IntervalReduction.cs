using System.Collections.Immutable;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Results;

/// <summary>Turns the merged work of one interval into its figures.</summary>
internal sealed class IntervalReduction(RunStarted started)
{
    private readonly ImmutableArray<PlannedLoad> _planned = PlannedLoad.Of(started.Plan);

    private RunPlan Plan => started.Plan;

    /// <summary>The figures of an interval, all but the members' own a function of its bounds and its work.</summary>
    public RunInterval Reduce(RunInterval bounds, MeasuredWork work, ImmutableArray<int> users)
    {
        var scenarios = ImmutableArray.CreateBuilder<IntervalFigures>(Plan.Scenarios.Length);
        var warmUp = ImmutableArray.CreateBuilder<IntervalFigures>();
        var all = (Response: new Histogram(Plan.Precision), Service: new Histogram(Plan.Precision), Lateness: new Histogram(Plan.Precision));
        for (var i = 0; i < Plan.Scenarios.Length; i++)
        {
            scenarios.Add(FiguresOf(bounds, i, work.Measured[i], MeasuredPart.Measured, users[i], all));
            if (Plan.WarmUp > TimeSpan.Zero && (bounds.From < Plan.WarmUp || HasWork(work.WarmUp[i])))
            {
                warmUp.Add(FiguresOf(bounds, i, work.WarmUp[i], MeasuredPart.WarmUp, users[i], all));
            }
        }

        return bounds with
        {
            Total = TotalOf(bounds, scenarios, warmUp, all.Response, all.Service, all.Lateness),
            Scenarios = scenarios.MoveToImmutable(),
            WarmUp = warmUp.ToImmutable(),
            Detail = new(work.Measured, work.WarmUp),
        };
    }

    /// <summary>The users that are started now, of each scenario.</summary>
    public ImmutableArray<int> UsersNow(MeasuredWork work, IReadOnlyCollection<LedgerMember> members) =>
    [
        .. Enumerable.Range(0, Plan.Scenarios.Length).Select(scenario =>
            members.Where(member => member is { IsLive: true, Distributed: not null }).Sum(member => work.Of(member.Distributed!, scenario)?.Users ?? 0)),
    ];

    private static bool HasWork(MeasurementSet set) =>
        set.Started + set.Finished + set.Dropped + set.Missed + set.Interrupted > 0 || set.UserTime > TimeSpan.Zero;

    private IntervalFigures FiguresOf(
        RunInterval bounds, int scenario, MeasurementSet set, MeasuredPart part, int users, (Histogram Response, Histogram Service, Histogram Lateness) all)
    {
        var response = Merged(set.ResponseOk, set.ResponseFailed);
        var service = Merged(set.ServiceOk, set.ServiceFailed);
        all.Response.Add(response);
        all.Service.Add(service);
        all.Lateness.Add(set.Lateness);
        var planned = _planned[scenario];
        var (from, to) = part == MeasuredPart.WarmUp
            ? (bounds.From, Lesser(bounds.To, Plan.WarmUp))
            : (Greater(bounds.From, Plan.WarmUp), bounds.To);
        var asks = !bounds.Correction && from < to;
        return new()
        {
            Name = Plan.Scenarios[scenario].Name,
            UsersAsked = bounds.Correction ? 0 : planned.UsersAt(bounds.To - TimeSpan.FromTicks(1)),
            Users = bounds.Correction ? 0 : users,
            ArrivalsAsked = asks ? planned.Arrivals(from, to) : 0,
            Arrivals = planned.ArrivalsStarted(set),
            UserTimeAsked = asks ? planned.UserTime(from, to) : TimeSpan.Zero,
            UserTime = set.UserTime,
            Started = set.Started,
            Dropped = set.Dropped,
            Missed = set.Missed,
            Interrupted = set.Interrupted,
            Ok = set.ResponseOk.Count,
            Failed = set.ResponseFailed.Count,
            Rate = set.Finished / RateSeconds(bounds),
            Response = IntervalTimes.Of(response),
            Service = IntervalTimes.Of(service),
            Spread = TimeSpread.Of(response),
            LatenessP99 = P99(set.Lateness),
            BytesSent = set.Steps.Values.Sum(step => step.Http?.BytesSent ?? 0),
            BytesReceived = set.Steps.Values.Sum(step => step.Http?.BytesReceived ?? 0),
            Errors = [.. set.Errors.Where(error => error.Value.Count > 0).OrderByDescending(error => error.Value.Count).ThenBy(error => error.Key, StringComparer.Ordinal)
                .Select(error => new IntervalErrors(error.Key, error.Value.Count))],
            Steps = [.. set.Steps.Where(step => step.Value.Ok + step.Value.Failed > 0).OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => new IntervalStep
            {
                Name = step.Key,
                Ok = step.Value.Ok,
                Failed = step.Value.Failed,
                Service = IntervalTimes.Of(step.Value.Service),
            })],
            ResponseHistogram = Compressed(response),
            ServiceHistogram = Compressed(service),
        };
    }

    private IntervalFigures TotalOf(
        RunInterval bounds,
        IReadOnlyList<IntervalFigures> scenarios,
        IReadOnlyList<IntervalFigures> warmUp,
        Histogram response,
        Histogram service,
        Histogram lateness)
    {
        var parts = scenarios.Concat(warmUp).ToList();
        return new()
        {
            Name = "swarm",
            UsersAsked = scenarios.Sum(part => part.UsersAsked),
            Users = scenarios.Sum(part => part.Users),
            ArrivalsAsked = parts.Sum(part => part.ArrivalsAsked),
            Arrivals = parts.Sum(part => part.Arrivals),
            UserTimeAsked = TimeSpan.FromTicks(parts.Sum(part => part.UserTimeAsked.Ticks)),
            UserTime = TimeSpan.FromTicks(parts.Sum(part => part.UserTime.Ticks)),
            Started = parts.Sum(part => part.Started),
            Dropped = parts.Sum(part => part.Dropped),
            Missed = parts.Sum(part => part.Missed),
            Interrupted = parts.Sum(part => part.Interrupted),
            Ok = parts.Sum(part => part.Ok),
            Failed = parts.Sum(part => part.Failed),
            Rate = parts.Sum(part => part.Ok + part.Failed) / RateSeconds(bounds),
            Response = IntervalTimes.Of(response),
            Service = IntervalTimes.Of(service),
            Spread = TimeSpread.Of(response),
            LatenessP99 = P99(lateness),
            BytesSent = parts.Sum(part => part.BytesSent),
            BytesReceived = parts.Sum(part => part.BytesReceived),
            Errors = [.. parts.SelectMany(part => part.Errors).GroupBy(error => error.Kind, StringComparer.Ordinal)
                .Select(errors => new IntervalErrors(errors.Key, errors.Sum(error => error.Count)))
                .OrderByDescending(error => error.Count).ThenBy(error => error.Kind, StringComparer.Ordinal)],
        };
    }

    /// <summary>How one drone fared in a stretch.</summary>
    public DroneFigures DroneOf(Stretch stretch)
    {
        var (earlier, later) = (stretch.Earlier, stretch.Later);
        var (now, before) = (later.Health, earlier?.Health);
        var elapsed = now.Elapsed - (before?.Elapsed ?? TimeSpan.Zero);
        var processor = now.Processor - (before?.Processor ?? TimeSpan.Zero);
        return new()
        {
            Drone = later.Header.Drone,
            Started = Change(stretch, set => set.Started),
            Finished = Change(stretch, set => set.Finished),
            Failed = Change(stretch, set => set.ResponseFailed.Count),
            Dropped = Change(stretch, set => set.Dropped),
            Missed = Change(stretch, set => set.Missed),
            Cpu = elapsed > TimeSpan.Zero && now.Processors > 0 ? processor / elapsed / now.Processors : 0,
            GcPause = now.GcPause - (before?.GcPause ?? TimeSpan.Zero),
            WorkingSet = now.WorkingSet,
            LatenessP99 = P99(LatenessOf(stretch)),
            SchedulingDelayP99 = P99(before is null ? now.SchedulingDelay : now.SchedulingDelay.Since(before.SchedulingDelay)),
        };
    }

    private static long Change(Stretch stretch, Func<MeasurementSet, long> figure) => Sum(stretch.Later, figure) - (stretch.Earlier is { } earlier ? Sum(earlier, figure) : 0);

    private static long Sum(Snapshot snapshot, Func<MeasurementSet, long> figure) =>
        snapshot.Scenarios.Sum(scenario => figure(scenario.Measured) + figure(scenario.WarmUp));

    private Histogram LatenessOf(Stretch stretch)
    {
        var lateness = new Histogram(Plan.Precision);
        for (var i = 0; i < stretch.Later.Scenarios.Length; i++)
        {
            var now = stretch.Later.Scenarios[i];
            var before = stretch.Earlier?.Scenarios.FirstOrDefault(scenario => scenario.Name == now.Name);
            lateness.Add(before is null ? now.Measured.Lateness : now.Measured.Lateness.Since(before.Measured.Lateness));
            lateness.Add(before is null ? now.WarmUp.Lateness : now.WarmUp.Lateness.Since(before.WarmUp.Lateness));
        }

        return lateness;
    }

    /// <summary>What a rate is divided by: a last interval cut short counts as a whole one, or the little that ends in it would look like a burst.</summary>
    private double RateSeconds(RunInterval bounds) => Greater(bounds.To - bounds.From, started.Interval).TotalSeconds;

    private Histogram Merged(Histogram ok, Histogram failed)
    {
        if (failed.Count == 0)
        {
            return ok;
        }

        var merged = new Histogram(Plan.Precision);
        merged.Add(ok);
        merged.Add(failed);
        return merged;
    }

    private static ReadOnlyMemory<byte> Compressed(Histogram times) => times.Count == 0 ? default : HdrEncoding.EncodeCompressed(times);

    private static double? P99(Histogram times) => times.Count == 0 ? null : TimeStatistics.Milliseconds(times.ValueAt(99));

    private static TimeSpan Lesser(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Greater(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
