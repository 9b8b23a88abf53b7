using System.Collections.Immutable;

namespace Orca.Swarm.Documents;

/// <summary>What a member says of itself.</summary>
internal sealed record MemberRecord : ISwarmDocument
{
    public const string TypeName = "member";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required string Drone { get; init; }

    public required string Incarnation { get; init; }

    public required string Host { get; init; }

    public required MemberState State { get; init; }

    /// <summary>Whether it gave up its slots in the middle of the run; whatever else it says later, that stays.</summary>
    public bool Leaves { get; init; }

    /// <summary>What it had claimed of the iterations stages when it left or failed; null before, and where it did neither.</summary>
    public ImmutableArray<ClaimEntry>? Claimed { get; init; }

    /// <summary>Why it declined or failed.</summary>
    public string? Reason { get; init; }

    /// <summary>What the swarm's set-up returned, by scenario, from the member that was asked for it.</summary>
    public ImmutableSortedDictionary<string, string>? SwarmState { get; init; }

    /// <summary>Whether any test has a set-up, and so a tear-down, for the swarm.</summary>
    public bool SwarmHasSetUp { get; init; }

    /// <summary>How well it knows the shared clock: half a round trip, in milliseconds; once armed.</summary>
    public double? ClockErrorMs { get; init; }

    public static string FieldOf(string drone, string incarnation) => drone + "/" + incarnation;
}
