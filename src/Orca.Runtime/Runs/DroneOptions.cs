using Microsoft.Extensions.Logging;
using Orca.Runs.Workers;
using Orca.Swarm;

namespace Orca.Runs;

/// <summary>What a drone works with.</summary>
internal sealed record DroneOptions
{
    public required string Drone { get; init; }

    public required string Host { get; init; }

    public required SwarmNames Names { get; init; }

    public required ISwarmMedium Medium { get; init; }

    public required ITestWorkerFactory Workers { get; init; }

    public required DronePolicy Policy { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Makes the name of an incarnation: unique in its run.</summary>
    public required Func<string> NewIncarnation { get; init; }

    public required ILogger Logger { get; init; }
}
