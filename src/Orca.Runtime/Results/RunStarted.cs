using System.Collections.Immutable;
using Orca.Plans;

namespace Orca.Results;

/// <summary>What is known of a run when its load begins.</summary>
public sealed record RunStarted
{
    /// <summary>Gets the run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets the swarm's name.</summary>
    public required string Swarm { get; init; }

    /// <summary>Gets the plan, its seed drawn.</summary>
    public required RunPlan Plan { get; init; }

    /// <summary>Gets the packages that every drone loads, the test package first.</summary>
    public required ImmutableArray<ReportedPackage> Packages { get; init; }

    /// <summary>Gets the drones that take part, by rank.</summary>
    public required ImmutableArray<ReportedDrone> Drones { get; init; }

    /// <summary>Gets the wall-clock time of run time zero.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Gets the length of an interval: the plan's, but at least a second for every 100 drones.</summary>
    public TimeSpan Interval =>
        TimeSpan.FromTicks(Math.Max(Plan.Interval.Ticks, Drones.Length * TimeSpan.TicksPerSecond / 100));
}
