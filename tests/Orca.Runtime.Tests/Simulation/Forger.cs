using Orca.Swarm;
using Orca.Swarm.Documents;
using Orca.Swarm.InMemory;

namespace Orca.Tests.Simulation;

/// <summary>Writes into a medium whose members have a swarm key without having it: forges, and repeats what it has seen. None of it may have any effect.</summary>
internal sealed class Forger(DrivenSwarm swarm, Random dice, Trace trace)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(700);
    private readonly InMemorySwarmMedium _medium = new(swarm.Store);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _heartbeats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _presences = new(StringComparer.Ordinal);
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
        switch (dice.Next(5))
        {
            case 0:
                // Sealed by nobody.
                var stop = new RunRequestRecord { Run = "run-1", Id = $"{dice.Next()}", Action = RunRequestRecord.Stop, By = "a forger" };
                swarm.Store.Step(swarm.Run.Requests, entry => entry.List, writes: true).Add(SwarmJson.Write(stop));
                break;
            case 1:
                // An old sign of life: whose member is dead must be lost all the same, and none is hurt by an old claim.
                foreach (var (member, text) in _heartbeats)
                {
                    swarm.Store.Step(swarm.Run.Heartbeats, entry => entry.Hash[member] = text, writes: true);
                }

                break;
            case 2:
                // The drone as it was in an earlier life, or as somebody else.
                foreach (var (drone, text) in _presences)
                {
                    swarm.Store.Step(swarm.Names.Drones, entry => entry.Hash[drone] = text, writes: true);
                }

                break;
            case 3:
                var forged = new Presence { Drone = "drone-1", Life = "forged", Since = DateTimeOffset.MaxValue, Host = "h", Version = "1", Counter = 1 };
                swarm.Store.Step(swarm.Names.Drones, entry => entry.Hash["drone-1"] = SwarmJson.Write(forged), writes: true);
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

    // The first that it sees of each, and now and then a later one.
    private void Remember()
    {
        Keep(_heartbeats, swarm.Store.Step(swarm.Run.Heartbeats, entry => entry.Hash, writes: false));
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
