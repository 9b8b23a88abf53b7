using System.Collections.Immutable;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Results;

/// <summary>The work of some stretches added up: for each scenario of the plan its measured part and its warm-up.</summary>
internal sealed class MeasuredWork
{
    private readonly RunPlan _plan;

    public MeasuredWork(RunPlan plan)
    {
        _plan = plan;
        Measured = [.. plan.Scenarios.Select(_ => new MeasurementSet(plan.Precision))];
        WarmUp = [.. plan.Scenarios.Select(_ => new MeasurementSet(plan.Precision))];
    }

    /// <summary>Work that is there already, in the order of the plan's scenarios.</summary>
    public MeasuredWork(RunPlan plan, ImmutableArray<MeasurementSet> measured, ImmutableArray<MeasurementSet> warmUp) =>
        (_plan, Measured, WarmUp, IsEmpty) = (plan, measured, warmUp, !measured.Any(HasAny) && !warmUp.Any(HasAny));

    public ImmutableArray<MeasurementSet> Measured { get; }

    public ImmutableArray<MeasurementSet> WarmUp { get; }

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Adds all that a snapshot holds.</summary>
    public void Add(Snapshot snapshot) => Add(null, snapshot);

    /// <summary>Adds what came from one snapshot to a later one of the same incarnation.</summary>
    public void Add(Snapshot? earlier, Snapshot later)
    {
        for (var i = 0; i < Measured.Length; i++)
        {
            var now = Of(later, i);
            if (now is null)
            {
                continue;
            }

            IsEmpty = false;
            var before = earlier is null ? null : Of(earlier, i);
            Add(Measured[i], before?.Measured, now.Measured);
            if (_plan.WarmUp > TimeSpan.Zero)
            {
                Add(WarmUp[i], before?.WarmUp, now.WarmUp);
            }
        }
    }

    public void Add(MeasuredWork other)
    {
        IsEmpty &= other.IsEmpty;
        for (var i = 0; i < Measured.Length; i++)
        {
            Measured[i].Add(other.Measured[i]);
            WarmUp[i].Add(other.WarmUp[i]);
        }
    }

    /// <summary>A snapshot's part of the scenario of that index; null where the snapshot knows no such scenario.</summary>
    public ScenarioSnapshot? Of(Snapshot snapshot, int index)
    {
        var name = _plan.Scenarios[index].Name;
        if (index < snapshot.Scenarios.Length && snapshot.Scenarios[index].Name == name)
        {
            return snapshot.Scenarios[index];
        }

        return snapshot.Scenarios.FirstOrDefault(scenario => scenario.Name == name);
    }

    private static bool HasAny(MeasurementSet set) =>
        set.Started + set.Finished + set.Dropped + set.Missed + set.Interrupted + set.UserTime.Ticks > 0
        || set.Steps.Values.Any(step => step.Ok + step.Failed + step.Service.Count > 0)
        || set.Checks.Values.Any(check => check.Passed + check.Failed > 0)
        || set.Metrics.Values.Any(metric => metric.Recorded + metric.Rejected > 0);

    private static void Add(MeasurementSet sum, MeasurementSet? earlier, MeasurementSet later) =>
        sum.Add(earlier is null ? later : later.Since(earlier));
}
