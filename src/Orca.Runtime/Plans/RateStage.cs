namespace Orca.Plans;

/// <summary>Open load: so many iterations begin each second, however long they take.</summary>
/// <param name="From">The rate at the stage's start, per second, in the swarm; at most six decimals.</param>
/// <param name="To">The rate at its end; between them it changes evenly.</param>
/// <param name="Duration">How long it lasts.</param>
public sealed record RateStage(decimal From, decimal To, TimeSpan Duration) : LoadStage(Duration)
{
    /// <summary>Gets how arrivals are spaced. Default: evenly.</summary>
    public ArrivalPattern Arrivals { get; init; }

    /// <summary>Gets how many users are started before the run, in the swarm. Default (null): a tenth of the scenario's <c>maxUsers</c>.</summary>
    public int? Users { get; init; }
}
