using Orca.Results;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>A member as the leader sees it.</summary>
internal sealed class LeaderMember(MemberRecord record, long seen)
{
    /// <summary>What it last said of itself.</summary>
    public MemberRecord Record { get; set; } = record;

    public string Field { get; } = MemberRecord.FieldOf(record.Drone, record.Incarnation);

    public MemberKey Key { get; } = new(record.Drone, record.Incarnation);

    /// <summary>When the leader last saw its heartbeat move on, on the leader's own clock.</summary>
    public long Seen { get; set; } = seen;

    /// <summary>Its newest heartbeat as it stands in the medium; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Heartbeat { get; set; }

    /// <summary>Whether that one is the newest that this leader has seen, not an older one put back by somebody.</summary>
    public bool HeartbeatIsNewest { get; set; }

    /// <summary>What the newest of its heartbeats said that this leader has seen, or null.</summary>
    public Heartbeat? Said { get; set; }

    /// <summary>The counter of the heartbeat that was the newest when the medium last forgot its heartbeats, or null.</summary>
    public long? Forgotten { get; set; }

    /// <summary>Whether it has said that it has nothing left to do under a version of the run document.</summary>
    public bool SaysDoneAt(DocumentVersion version) => Said is { IsDone: true } said && new DocumentVersion(said.Fencing, said.Number) == version;

    /// <summary>Whether its drone's process has been restarted since: this life of it is over.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>Its newest snapshot, as it came.</summary>
    public HeldSnapshot? Snapshot { get; set; }

    /// <summary>Whether its final snapshot is in.</summary>
    public bool Final { get; set; }
}
