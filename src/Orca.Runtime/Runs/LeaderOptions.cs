using Microsoft.Extensions.Logging;
using Orca.Results;
using Orca.Swarm;

namespace Orca.Runs;

/// <summary>What a leader leads a run with.</summary>
internal sealed record LeaderOptions
{
    public required string Leader { get; init; }

    public required string RunId { get; init; }

    /// <summary>The plan's name, for the list of runs.</summary>
    public required string RunName { get; init; }

    public required SwarmNames Names { get; init; }

    public required ISwarmMedium Medium { get; init; }

    /// <summary>How many drones there can ever be, or null where that is not known: once all of them have answered, nobody is waited for.</summary>
    public int? Drones { get; init; }

    public required IReadOnlyList<IRunSink> Sinks { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Logger { get; init; }
}
