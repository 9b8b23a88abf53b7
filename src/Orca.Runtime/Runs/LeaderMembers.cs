using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>The members of one run: who they say they are, when each was last seen alive, and the newest snapshot of each.</summary>
internal sealed class LeaderMembers(LeaderOptions options, RunKeys keys)
{
    private readonly Dictionary<string, LeaderMember> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _lives = new(StringComparer.Ordinal);
    private List<LeaderMember> _changed = [];
    private volatile LeaderMember[] _all = [];
    private long? _heard;

    /// <summary>All members, in the order in which they were first seen. Safe to read from any thread.</summary>
    public IReadOnlyList<LeaderMember> All => _all;

    /// <summary>The highest fencing number that any member has obeyed.</summary>
    public long HighestFencing { get; private set; }

    public LeaderMember? Find(string field) => _members.GetValueOrDefault(field);

    /// <summary>Takes a roster over: a member that is never heard of is lost after a while, like one that falls silent.</summary>
    public void Expect(IEnumerable<RosterEntry> roster)
    {
        foreach (var entry in roster)
        {
            var record = new MemberRecord { Drone = entry.Drone, Incarnation = entry.Incarnation, Host = entry.Host, State = MemberState.Joined };
            if (!_members.ContainsKey(entry.Member))
            {
                Add(new(record, options.Clock.GetTimestamp()));
            }
        }
    }

    /// <summary>Re-reads records, heartbeats and presence; answers with the members whose record is new or has changed, or null while the medium is away.</summary>
    public async Task<IReadOnlyList<LeaderMember>?> ReadAsync(CancellationToken ct)
    {
        // Records first: who says that it has left has no heartbeat any more that claims more than the ones read after it.
        var haveRecords = (await options.Medium.ReadHashAsync(keys.Members, ct)).Answered(out var recordFields);
        var presences = options.Medium.ReadHashAsync(options.Names.Drones, ct).AsTask();
        var haveHeartbeats = (await options.Medium.ReadHashAsync(keys.Heartbeats, ct)).Answered(out var heartbeatFields);
        var havePresences = (await presences).Answered(out var presenceFields);
        var now = options.Clock.GetTimestamp();
        if (haveRecords)
        {
            TakeRecords(recordFields!, now);
        }

        if (haveHeartbeats)
        {
            TakeHeartbeats(heartbeatFields!, now);
        }

        if (havePresences)
        {
            TakePresences(presenceFields!);
        }

        if (!haveRecords || !haveHeartbeats)
        {
            return null;
        }

        var changed = _changed;
        _changed = [];
        return changed;
    }

    public bool SeenWithin(LeaderMember member, TimeSpan time) => options.Clock.GetElapsedTime(member.Seen) <= time;

    /// <summary>Puts back every member's newest snapshot, lost ones included.</summary>
    public async Task RestoreAsync(CancellationToken ct)
    {
        foreach (var member in All)
        {
            if (member.Snapshot is { } snapshot)
            {
                await options.Medium.PutNewerAsync(keys.Snapshots, member.Field, snapshot.Sequence, snapshot.Bytes, ct);
            }
        }
    }

    private LeaderMember Add(LeaderMember member)
    {
        _members.Add(member.Field, member);
        _all = [.. _all, member];
        return member;
    }

    private void TakeRecords(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields, long now)
    {
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
                _changed.Add(Add(new(record, now)));
            }
            else if (record.State > member.Record.State)
            {
                member.Record = record;
                _changed.Add(member);
            }
        }
    }

    private void TakeHeartbeats(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields, long now)
    {
        // Who was cut off for so long cannot tell who was silent meanwhile.
        var wasCutOff = _heard is { } heard && options.Clock.GetElapsedTime(heard, now) > RunTimings.CutOffAfter;
        _heard = now;
        foreach (var member in _all)
        {
            if (!fields.TryGetValue(member.Field, out var json))
            {
                Forget(member, now);
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

        if (wasCutOff)
        {
            foreach (var member in _all)
            {
                member.Seen = now;
            }
        }
    }

    // Nor can one whose medium has forgotten; but only once for each heartbeat, or whoever writes there could keep a dead drone from being lost.
    private static void Forget(LeaderMember member, long now)
    {
        if (!member.Heartbeat.IsEmpty && member.Forgotten != member.Said?.Counter)
        {
            (member.Forgotten, member.Seen) = (member.Said?.Counter, now);
        }

        member.Heartbeat = default;
    }

    private void TakePresences(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields)
    {
        foreach (var member in _all)
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
