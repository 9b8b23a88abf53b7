using Microsoft.Extensions.Logging;
using Orca.Runs.Workers;
using Orca.Swarm;

namespace Orca.Runs;

/// <summary>What a drone works with.</summary>
internal sealed record DroneOptions
{
    public required string Drone { get; init; }

    /// <summary>The life of this process: another one after a restart.</summary>
    public required string Life { get; init; }

    public required string Host { get; init; }

    public required SwarmNames Names { get; init; }

    public required ISwarmMedium Medium { get; init; }

    public required ITestWorkerFactory Workers { get; init; }

    public required DronePolicy Policy { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Cancelled where a drone that is asked to stop is to wait for nothing. Default: never.</summary>
    public CancellationToken Abandoned { get; init; }
}
