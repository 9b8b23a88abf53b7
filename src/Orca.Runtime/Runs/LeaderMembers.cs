using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>The members of one run: who they say they are, when each was last seen alive, and the newest snapshot of each.</summary>
internal sealed class LeaderMembers(LeaderOptions options, RunKeys keys)
{
    private readonly Dictionary<string, LeaderMember> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _lives = new(StringComparer.Ordinal);
    private bool _cutOff;

    public IReadOnlyCollection<LeaderMember> All => _members.Values;

    /// <summary>The highest fencing number that any member has obeyed.</summary>
    public long HighestFencing { get; private set; }

    public LeaderMember? Find(string field) => _members.GetValueOrDefault(field);

    /// <summary>Takes a roster over: a member that is never heard of is lost after a while, like one that falls silent.</summary>
    public void Expect(IEnumerable<RosterEntry> roster)
    {
        foreach (var entry in roster)
        {
            var record = new MemberRecord { Drone = entry.Drone, Incarnation = entry.Incarnation, Host = entry.Host, State = MemberState.Joined };
            _members.TryAdd(entry.Member, new(record, options.Clock.GetTimestamp()));
        }
    }

    /// <summary>Re-reads records, heartbeats and presence; answers with the members whose record is new or has changed, or null while the medium is away.</summary>
    public async Task<IReadOnlyList<LeaderMember>?> ReadAsync(CancellationToken ct)
    {
        var records = await options.Medium.ReadHashAsync(keys.Members, ct);
        var heartbeats = await options.Medium.ReadHashAsync(keys.Heartbeats, ct);
        var presences = await options.Medium.ReadHashAsync(options.Names.Drones, ct);
        if (!records.Answered(out var recordFields) || !heartbeats.Answered(out var heartbeatFields) || !presences.Answered(out var presenceFields))
        {
            _cutOff = true;
            return null;
        }

        var now = options.Clock.GetTimestamp();
        var changed = TakeRecords(recordFields, now);
        TakeHeartbeats(heartbeatFields, now);
        TakePresences(presenceFields);
        if (_cutOff)
        {
            // Who was cut off oneself, or whose medium has forgotten, cannot tell who was silent meanwhile.
            _cutOff = false;
            foreach (var member in _members.Values)
            {
                member.Seen = now;
            }
        }

        return changed;
    }

    public bool SeenWithin(LeaderMember member, TimeSpan time) => options.Clock.GetElapsedTime(member.Seen) <= time;

    /// <summary>Puts back every member's newest snapshot, lost ones included.</summary>
    public async Task RestoreAsync(CancellationToken ct)
    {
        foreach (var member in _members.Values.ToList())
        {
            if (member.Snapshot is { } snapshot)
            {
                await options.Medium.PutNewerAsync(keys.Snapshots, member.Field, snapshot.Sequence, snapshot.Bytes, ct);
            }
        }
    }

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
            if (!fields.TryGetValue(member.Field, out var json))
            {
                _cutOff |= !member.Heartbeat.IsEmpty;
                member.Heartbeat = default;
            }
            else if (SwarmJson.Read<Heartbeat>(json, Heartbeat.TypeName).TryGet(out var heartbeat, out _))
            {
                member.Heartbeat = json;
                HighestFencing = Math.Max(HighestFencing, heartbeat.Fencing);
                member.HeartbeatIsNewest = heartbeat.Counter >= (member.Said?.Counter ?? 0);
                if (heartbeat.Counter > (member.Said?.Counter ?? 0))
                {
                    member.Said = heartbeat;
                    member.Seen = now;
                }
            }
        }
    }

    private void TakePresences(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields)
    {
        foreach (var member in _members.Values)
        {
            // A life that began before the one last seen is an old word, whoever repeats it.
            if (fields.TryGetValue(member.Record.Drone, out var json)
                && SwarmJson.Read<Presence>(json, Presence.TypeName).TryGet(out var presence, out _)
                && presence.Since >= _lives.GetValueOrDefault(member.Record.Drone))
            {
                _lives[member.Record.Drone] = presence.Since;
                member.IsReplaced = presence.Life != member.Record.Incarnation;
            }
        }
    }
}
