using System.Collections.Immutable;

namespace Orca.Measurement;

/// <summary>All that one incarnation of a drone has measured so far. A later one replaces an earlier one.</summary>
internal sealed record Snapshot
{
    public required SnapshotHeader Header { get; init; }

    /// <summary>One for each scenario of the plan, in its order.</summary>
    public required ImmutableArray<ScenarioSnapshot> Scenarios { get; init; }

    public required DroneHealth Health { get; init; }

    /// <summary>The author's own results: scenario, name, JSON text.</summary>
    public ImmutableArray<Attachment> Attachments { get; init; } = [];
}
