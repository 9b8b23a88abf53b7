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

    /// <summary>When the leader last saw its counter change, on the leader's own clock.</summary>
    public long Seen { get; set; } = seen;

    public long Counter { get; set; }

    /// <summary>Whether its final snapshot is in.</summary>
    public bool Final { get; set; }
}
