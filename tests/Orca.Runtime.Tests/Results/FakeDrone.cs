using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

/// <summary>A drone that measures what it is told, and cuts snapshots of it.</summary>
internal sealed class FakeDrone
{
    private readonly RunPlan _plan;
    private readonly MeasurementSet[] _measured;
    private readonly MeasurementSet[] _warmUp;
    private readonly Histogram _schedulingDelay;
    private long _sequence;

    public FakeDrone(RunPlan plan, string id, string incarnation = "i1")
    {
        (_plan, Id, Incarnation) = (plan, id, incarnation);
        _measured = [.. plan.Scenarios.Select(_ => new MeasurementSet(plan.Precision))];
        _warmUp = [.. plan.Scenarios.Select(_ => new MeasurementSet(plan.Precision))];
        _schedulingDelay = new(plan.Precision);
    }

    public string Id { get; }

    public string Incarnation { get; }

    public MemberKey Key => new(Id, Incarnation);

    public int Users { get; set; }

    public List<Attachment> Attachments { get; } = [];

    public MeasurementSet this[int scenario] => _measured[scenario];

    public MeasurementSet WarmUpOf(int scenario) => _warmUp[scenario];

    /// <summary>Starts and finishes iterations of one length.</summary>
    public FakeDrone Iterate(int count, double milliseconds = 10, int scenario = 0, string? error = null, double late = 0.1, bool warmUp = false)
    {
        var set = (warmUp ? _warmUp : _measured)[scenario];
        set.Started += count;
        var open = _plan.Scenarios[scenario].Load.Any(stage => stage is RateStage);
        for (var i = 0; i < count; i++)
        {
            (error is null ? set.ResponseOk : set.ResponseFailed).Record(Nanoseconds(milliseconds + (open ? late : 0)));
            (error is null ? set.ServiceOk : set.ServiceFailed).Record(Nanoseconds(milliseconds));
            if (open)
            {
                set.Lateness.Record(Nanoseconds(late));
            }
        }

        if (error is not null && count > 0)
        {
            set.Errors[error] = new((set.Errors.GetValueOrDefault(error)?.Count ?? 0) + count, $"a message of {error}");
        }

        return this;
    }

    public FakeDrone Step(string name, int count, double milliseconds = 5, int failed = 0, int scenario = 0)
    {
        if (!_measured[scenario].Steps.TryGetValue(name, out var step))
        {
            _measured[scenario].Steps.Add(name, step = new(_plan.Precision));
        }

        step.Ok += count - failed;
        step.Failed += failed;
        for (var i = 0; i < count; i++)
        {
            step.Service.Record(Nanoseconds(milliseconds));
        }

        if (failed > 0)
        {
            step.Errors["Refused"] = new(failed, "no\nluck");
        }

        return this;
    }

    public FakeDrone UserTime(double seconds, int scenario = 0)
    {
        _measured[scenario].UserTime += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public FakeDrone SchedulingDelay(int count, double milliseconds)
    {
        for (var i = 0; i < count; i++)
        {
            _schedulingDelay.Record(Nanoseconds(milliseconds));
        }

        return this;
    }

    public Snapshot Cut(double seconds, bool final = false) => new()
    {
        Header = new(Id, Incarnation, 0, ++_sequence, TimeSpan.FromSeconds(seconds), final),
        Scenarios = [.. _plan.Scenarios.Select((scenario, i) => new ScenarioSnapshot { Name = scenario.Name, Measured = Copy(_measured[i]), WarmUp = Copy(_warmUp[i]), Users = final ? 0 : Users })],
        Health = new()
        {
            Processor = TimeSpan.FromSeconds(seconds / 2),
            Elapsed = TimeSpan.FromSeconds(seconds),
            Processors = 2,
            GcPause = TimeSpan.FromMilliseconds(seconds),
            WorkingSet = 100 << 20,
            SchedulingDelay = Copy(_schedulingDelay),
        },
        Attachments = [.. Attachments],
    };

    private MeasurementSet Copy(MeasurementSet set)
    {
        var copy = new MeasurementSet(_plan.Precision);
        copy.Add(set);
        return copy;
    }

    private Histogram Copy(Histogram histogram)
    {
        var copy = new Histogram(_plan.Precision);
        copy.Add(histogram);
        return copy;
    }

    private static long Nanoseconds(double milliseconds) => (long)(milliseconds * 1e6);
}
