using System.Collections.Immutable;

namespace Orca.Plans;

/// <summary>What to run: a package, scenarios, load, thresholds, parameters and a quorum. Data, never code; always valid.</summary>
public sealed record RunPlan
{
    /// <summary>Gets the plan's name. Default: the package's id, or the plan file's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the test package, or <see langword="null"/> while the plan is still inside it.</summary>
    public PackageRequest? Package { get; init; }

    /// <summary>Gets the address of the system under load, or <see langword="null"/> where tests find it themselves.</summary>
    public Uri? Target { get; init; }

    /// <summary>Gets how many drones the run needs. Default: 1.</summary>
    public Quorum Quorum { get; init; } = Quorum.One;

    /// <summary>Gets the scenarios, at least one, in the order of the plan, running side by side.</summary>
    public required ImmutableArray<Scenario> Scenarios { get; init; }

    /// <summary>Gets what the run is judged by. Default: nothing.</summary>
    public ImmutableArray<Threshold> Thresholds { get; init; } = [];

    /// <summary>Gets the parameters of all scenarios, by configuration key (<c>login:user</c>).</summary>
    public ImmutableSortedDictionary<string, ParameterValue> Parameters { get; init; } = ParameterValue.None;

    /// <summary>Gets texts that the report carries along.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Gets the seed of every random number of the run. Default: drawn when the run is prepared, and reported.</summary>
    public long? Seed { get; init; }

    /// <summary>Gets how often drones report. Default: 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the significant digits of histograms, 1 to 4. Default: 3, every quantile within 0.1 %.</summary>
    public int Precision { get; init; } = 3;

    /// <summary>Gets the time at the start that is measured in a set of its own and kept out of thresholds and summary. Default: 0.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>Gets how long running iterations may go on past the last stage. Default: 30 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long a drone's set-up may take. Default: 60 s.</summary>
    public TimeSpan SetUpTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how long the leader waits for the quorum. Default: 2 min.</summary>
    public TimeSpan JoinTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets how long drones go on without a leader. Default: 60 s.</summary>
    public TimeSpan LeaderTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets what happens when a drone is lost while the load runs. Default: its slots go to the others.</summary>
    public LostDronePolicy OnDroneLost { get; init; } = LostDronePolicy.Redistribute;

    /// <summary>Gets the limits past which a run is <c>invalid</c>.</summary>
    public ValidityLimits Limits { get; init; } = ValidityLimits.Default;

    /// <summary>Gets the run time at which the last scenario's last stage ends.</summary>
    public TimeSpan Duration => Scenarios.Max(scenario => scenario.End);
}
