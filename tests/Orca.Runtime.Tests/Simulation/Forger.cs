using Orca.Swarm;
using Orca.Swarm.Documents;
using Orca.Swarm.InMemory;

namespace Orca.Tests.Simulation;

/// <summary>Writes into a medium whose members have a swarm key without having it: forges, and repeats what it has seen. None of it may have any effect.</summary>
internal sealed class Forger(DrivenSwarm swarm, Random dice, Trace trace)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan HoldPeriod = TimeSpan.FromMilliseconds(40);
    private readonly InMemorySwarmMedium _medium = new(swarm.Store);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _heartbeats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _presences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _snapshots = new(StringComparer.Ordinal);
    private StoredDocument? _announced;

    public void Begin(TimeSpan until)
    {
        trace.Note("FORGER is at work");
        for (var at = Period; at < until; at += Period)
        {
            swarm.World.Time.After(at, Act);
        }
    }

    private void Act()
    {
        Remember();
        switch (dice.Next(9))
        {
            case 0:
                // Sealed by nobody.
                var stop = new RunRequestRecord { Run = "run-1", Id = $"{dice.Next()}", Action = RunRequestRecord.Stop, By = "a forger" };
                swarm.Store.Step(swarm.Run.Requests, entry => entry.List, writes: true).Add(SwarmJson.Write(stop));
                break;
            case 1:
                // An old sign of life: whose member is dead must be lost all the same, and none is hurt by an old claim.
                PutBack(swarm.Run.Heartbeats, _heartbeats);
                break;
            case 2:
                // The drone as it was in an earlier life, or as somebody else.
                PutBack(swarm.Names.Drones, _presences);
                break;
            case 3:
                var forged = new Presence { Drone = "drone-1", Life = "forged", Since = DateTimeOffset.MaxValue, Host = "h", Version = "1", Counter = 1 };
                Put(swarm.Names.Drones, "drone-1", SwarmJson.Write(forged));
                break;
            case 4:
                PutBack(swarm.Run.Members, _records);
                break;
            case 5:
                PutBack(swarm.Run.Snapshots, _snapshots);
                break;
            case 6:
                Forge();
                break;
            case 7:
                Hold();
                break;
            default:
                // An earlier run's announcement, under another run's name.
                if (_announced is not null)
                {
                    _ = _medium.PutDocumentAsync(swarm.Names.Run("run-0"), _announced.Version, _announced.Body, [], default);
                    _ = _medium.PublishAsync(swarm.Names.AnnounceChannel, SwarmJson.Write(new Notice { Run = "run-0" }), default);
                }

                break;
        }
    }

    private void PutBack(SwarmKey key, IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> kept)
    {
        foreach (var (field, text) in kept)
        {
            Put(key, field, text);
        }
    }

    private void Put(SwarmKey key, string field, ReadOnlyMemory<byte> text) => swarm.Store.Step(key, entry => entry.Hash[field] = text, writes: true);

    // A member that says it has failed, a member that nobody knows, and one member's snapshot in another's place: none is sealed for where it stands.
    private void Forge()
    {
        var fields = _records.Keys.ToList();
        var some = fields.Count > 0 ? fields[dice.Next(fields.Count)] : "drone-1/life-1";
        var (drone, life) = (some.Split('/')[0], some.Split('/')[1]);
        Put(swarm.Run.Members, some, SwarmJson.Write(new MemberRecord { Drone = drone, Incarnation = life, Host = "h", State = MemberState.Failed, Reason = "forged" }));
        Put(swarm.Run.Members, "ghost/1", SwarmJson.Write(new MemberRecord { Drone = "ghost", Incarnation = "1", Host = "h", State = MemberState.Joined }));
        if (_snapshots.Count > 0)
        {
            Put(swarm.Run.Snapshots, some, _snapshots.Values.ElementAt(dice.Next(_snapshots.Count)));
        }
    }

    // For some seconds nobody sees a heartbeat of one member but the one that stands there now.
    private void Hold()
    {
        if (_heartbeats.Count == 0)
        {
            return;
        }

        var member = _heartbeats.Keys.ElementAt(dice.Next(_heartbeats.Count));
        var held = swarm.Store.Step(swarm.Run.Heartbeats, entry => entry.Hash.GetValueOrDefault(member), writes: false);
        if (held.IsEmpty)
        {
            return;
        }

        trace.Note($"FORGER holds the heartbeat of {member}");
        for (var at = TimeSpan.Zero; at < HoldTime; at += HoldPeriod)
        {
            swarm.World.Time.After(at, () => Put(swarm.Run.Heartbeats, member, held));
        }
    }

    // The first that it sees of each, and now and then a later one.
    private void Remember()
    {
        Keep(_heartbeats, swarm.Store.Step(swarm.Run.Heartbeats, entry => entry.Hash, writes: false));
        Keep(_records, swarm.Store.Step(swarm.Run.Members, entry => entry.Hash, writes: false));
        Keep(_snapshots, swarm.Store.Step(swarm.Run.Snapshots, entry => entry.Hash, writes: false));
        Keep(_presences, swarm.Store.Step(swarm.Names.Drones, entry => entry.Hash, writes: false));
        _announced ??= swarm.Store.Step(swarm.Run.Document, entry => entry.Document, writes: false);
    }

    private void Keep(Dictionary<string, ReadOnlyMemory<byte>> kept, Dictionary<string, ReadOnlyMemory<byte>> seen)
    {
        foreach (var (field, text) in seen)
        {
            if (!kept.ContainsKey(field) || dice.Next(20) == 0)
            {
                kept[field] = text;
            }
        }
    }
}
