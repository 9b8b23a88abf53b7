using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>The members of one run: who they say they are, and when each was last seen alive.</summary>
internal sealed class LeaderMembers(LeaderOptions options, RunKeys keys)
{
    private readonly Dictionary<string, LeaderMember> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private bool _cutOff;

    public IReadOnlyCollection<LeaderMember> All => _members.Values;

    public LeaderMember? Find(string field) => _members.GetValueOrDefault(field);

    /// <summary>Re-reads records and heartbeats; answers with the members whose record is new or has changed, or null while the medium is away.</summary>
    public async Task<IReadOnlyList<LeaderMember>?> ReadAsync(CancellationToken ct)
    {
        var records = await options.Medium.ReadHashAsync(keys.Members, ct);
        var heartbeats = await options.Medium.ReadHashAsync(keys.Heartbeats, ct);
        if (!records.Answered(out var recordFields) || !heartbeats.Answered(out var heartbeatFields))
        {
            _cutOff = true;
            return null;
        }

        var now = options.Clock.GetTimestamp();
        var changed = TakeRecords(recordFields, now);
        TakeHeartbeats(heartbeatFields, now);
        if (_cutOff)
        {
            // Who was cut off oneself cannot tell who was silent meanwhile.
            _cutOff = false;
            foreach (var member in _members.Values)
            {
                member.Seen = now;
            }
        }

        return changed;
    }

    public bool SeenWithin(LeaderMember member, TimeSpan time) => options.Clock.GetElapsedTime(member.Seen) <= time;

    private List<LeaderMember> TakeRecords(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields, long now)
    {
        var changed = new List<LeaderMember>();
        foreach (var (field, json) in fields)
        {
            if (!SwarmJson.Read<MemberRecord>(json, MemberRecord.TypeName).TryGet(out var record, out var problems)
                || MemberRecord.FieldOf(record.Drone, record.Incarnation) != field)
            {
                if (_refused.Add(field))
                {
                    LeaderLog.MemberRefused(options.Logger, options.RunId, field, problems.IsEmpty ? new("It speaks for another member.") : problems[0]);
                }
            }
            else if (!_members.TryGetValue(field, out var member))
            {
                _members.Add(field, member = new(record, now));
                changed.Add(member);
            }
            else if (record.State > member.Record.State)
            {
                member.Record = record;
                changed.Add(member);
            }
        }

        return changed;
    }

    private void TakeHeartbeats(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields, long now)
    {
        foreach (var member in _members.Values)
        {
            if (fields.TryGetValue(member.Field, out var json)
                && SwarmJson.Read<Heartbeat>(json, Heartbeat.TypeName).TryGet(out var heartbeat, out _)
                && heartbeat.Counter != member.Counter)
            {
                member.Counter = heartbeat.Counter;
                member.Seen = now;
            }
        }
    }
}
