using Orca.Results;
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

    public long Counter { get; set; }

    /// <summary>Whether its drone's process has been restarted since: this life of it is over.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>Its newest snapshot, as it came.</summary>
    public (long Sequence, ReadOnlyMemory<byte> Bytes)? Snapshot { get; set; }

    /// <summary>Whether its final snapshot is in.</summary>
    public bool Final { get; set; }
}
