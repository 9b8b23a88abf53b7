using System.Collections.Immutable;
using Orca.Packages;

namespace Orca.Swarm.Documents;

/// <summary>The truth about a run, written by its leader alone; each version replaces the one before.</summary>
internal sealed record RunDocument : ISwarmDocument
{
    public const string TypeName = "run";

    public int V { get; init; } = SwarmJson.ProtocolVersion;

    public string Type { get; init; } = TypeName;

    public required string Run { get; init; }

    public required long Fencing { get; init; }

    public required long Number { get; init; }

    public required string Leader { get; init; }

    public required RunPhase Phase { get; init; }

    /// <summary>The plan, in the plan file's own form, its seed drawn.</summary>
    public required string Plan { get; init; }

    public required PackageLock Lock { get; init; }

    /// <summary>The members, once the roster has closed.</summary>
    public ImmutableArray<RosterEntry> Roster { get; init; } = [];

    /// <summary>The member that is asked for the swarm's set-up; null before the roster has closed.</summary>
    public string? SwarmSetUpBy { get; init; }

    /// <summary>Whether the swarm's set-up is done, and members are to set up.</summary>
    public bool SwarmIsSetUp { get; init; }

    /// <summary>What the swarm's set-up returned, by scenario.</summary>
    public ImmutableSortedDictionary<string, string> SwarmState { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether all have finished and the member that set the swarm up is to tear it down.</summary>
    public bool SwarmTearsDown { get; init; }

    /// <summary>Every share dealt so far, in order of epochs.</summary>
    public ImmutableArray<ShareEntry> Shares { get; init; } = [];

    /// <summary>What all members lost so far had claimed: whoever gains their slots starts none of it, for it may have run.</summary>
    public ImmutableArray<ClaimEntry> LostClaims { get; init; } = [];

    /// <summary>The instant of run time zero, on the shared clock.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>How the load was ended before its time, or null.</summary>
    public EarlyEnd? Ended { get; init; }

    /// <summary>Why the run was aborted, or null.</summary>
    public string? Reason { get; init; }

    public DocumentVersion DocumentVersion => new(Fencing, Number);

    public RosterEntry? Find(string drone, string incarnation) =>
        Roster.FirstOrDefault(entry => entry.Drone == drone && entry.Incarnation == incarnation);
}
