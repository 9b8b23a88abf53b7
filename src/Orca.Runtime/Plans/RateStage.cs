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

    /// <summary>The same stage with its arrivals at random, as a Poisson process of that rate.</summary>
    public RateStage Poisson() => this with { Arrivals = ArrivalPattern.Poisson };

    /// <summary>The same stage with so many users started before the run.</summary>
    /// <param name="users">How many, in the swarm.</param>
    public RateStage Starting(int users) => this with { Users = users };
}
