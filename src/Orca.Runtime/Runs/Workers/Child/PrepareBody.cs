using Microsoft.Extensions.Logging;

namespace Orca.Runs.Workers.Child;

/// <summary>What a child is to load: already installed and verified, by the drone, in a cache that it reads only.</summary>
internal sealed record PrepareBody
{
    public required int Request { get; init; }

    public required string RunId { get; init; }

    public required string Drone { get; init; }

    public required string Incarnation { get; init; }

    /// <summary>The plan, as a plan file.</summary>
    public required string Plan { get; init; }

    /// <summary>The lock, as it is written in a run document.</summary>
    public required string Lock { get; init; }

    public required string CacheFolder { get; init; }

    /// <summary>The secrets that the plan names, and no others.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>The hosts that may be put under load; none allows all.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The lowest level that the drone logs.</summary>
    public required LogLevel LogLevel { get; init; }
}
