namespace Orca.Results;

/// <summary>The load of one scenario: asked for and delivered over the measured time. Figures of a kind of load that it has not are 0.</summary>
public sealed record ScenarioCompleteness
{
    /// <summary>Gets the scenario's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the arrivals of the plan.</summary>
    public long ArrivalsPlanned { get; init; }

    /// <summary>Gets the arrivals started.</summary>
    public long ArrivalsStarted { get; init; }

    /// <summary>Gets the arrivals dropped.</summary>
    public long Dropped { get; init; }

    /// <summary>Gets the arrivals missed.</summary>
    public long Missed { get; init; }

    /// <summary>Gets the arrivals of the plan that nobody accounts for: those of lost drones. Negative where drones did more than was due by the time the load ended.</summary>
    public long ArrivalsUnaccounted { get; init; }

    /// <summary>Gets the user time of the plan.</summary>
    public TimeSpan UserTimePlanned { get; init; }

    /// <summary>Gets the user time delivered.</summary>
    public TimeSpan UserTime { get; init; }

    /// <summary>Gets the fixed iterations of the plan, warm-up included.</summary>
    public long IterationsPlanned { get; init; }

    /// <summary>Gets the fixed iterations finished, warm-up included; <see langword="null"/> where users stages of the same scenario make them untellable.</summary>
    public long? IterationsFinished { get; init; }

    /// <summary>Gets the iterations interrupted.</summary>
    public long Interrupted { get; init; }

    /// <summary>Gets the delivered share of the load asked for, 0 to 1: the least of arrivals, user time and iterations.</summary>
    public double Delivered { get; init; } = 1;
}
