using System.Collections.Immutable;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Results;

/// <summary>What thresholds are judged on: the measured work of each scenario, and the time it took.</summary>
internal sealed class JudgedWork
{
    private readonly RunPlan _plan;
    private readonly ImmutableArray<PlannedLoad> _planned;
    private readonly ImmutableArray<MeasurementSet> _sets;
    private readonly TimeSpan _to;
    private MeasurementSet? _swarm;

    /// <summary>Work measured up to a run time.</summary>
    public JudgedWork(RunPlan plan, ImmutableArray<PlannedLoad> planned, ImmutableArray<MeasurementSet> sets, TimeSpan to) =>
        (_plan, _planned, _sets, _to) = (plan, planned, sets, to);

    public const string SwarmName = "swarm";

    /// <summary>All scenarios together.</summary>
    public MeasurementSet Swarm => _swarm ??= Merge();

    public MeasurementSet? Of(string scenario) =>
        scenario == SwarmName ? Swarm : IndexOf(scenario) is >= 0 and var index ? _sets[index] : null;

    /// <summary>The measured time of a scenario: its own stages, less the warm-up, up to where the work was measured.</summary>
    public TimeSpan SpanOf(string scenario)
    {
        var spans = scenario == SwarmName ? _plan.Scenarios.AsEnumerable() : _plan.Scenarios.Where(candidate => candidate.Name == scenario);
        var from = spans.Min(candidate => candidate.StartAfter);
        var to = spans.Max(candidate => candidate.End);
        from = from > _plan.WarmUp ? from : _plan.WarmUp;
        to = to < _to ? to : _to;
        return to > from ? to - from : TimeSpan.Zero;
    }

    /// <summary>Arrivals due: started, dropped or missed.</summary>
    public long ArrivalsDue(string scenario) => scenario == SwarmName
        ? _plan.Scenarios.Sum(candidate => ArrivalsDue(candidate.Name))
        : IndexOf(scenario) is >= 0 and var index ? _planned[index].ArrivalsStarted(_sets[index]) + _sets[index].Dropped + _sets[index].Missed : 0;

    /// <summary>The share of the work that has no time because it was dropped, missed or interrupted.</summary>
    public static double UnknownShare(MeasurementSet set)
    {
        var work = set.Started + set.Dropped + set.Missed;
        return work == 0 ? 0 : (double)(set.Dropped + set.Missed + set.Interrupted) / work;
    }

    private int IndexOf(string scenario)
    {
        for (var i = 0; i < _plan.Scenarios.Length; i++)
        {
            if (_plan.Scenarios[i].Name == scenario)
            {
                return i;
            }
        }

        return -1;
    }

    private MeasurementSet Merge()
    {
        if (_sets.Length == 1)
        {
            return _sets[0];
        }

        var swarm = new MeasurementSet(_plan.Precision);
        foreach (var set in _sets)
        {
            swarm.Add(set);
        }

        return swarm;
    }
}
