using Orca.Runs;

namespace Orca.Tests.Simulation;

/// <summary>Does harm to a swarm at instants that its seed chooses, and always mends it again.</summary>
internal sealed class Adversary(DrivenSwarm swarm, Random dice, Trace trace)
{
    private readonly List<SimulatedProcess> _leaders = [];
    private int _standBys;

    /// <summary>What those leaders came to that came to an end.</summary>
    public List<RunResult> Results { get; } = [];

    public void Watch(SimulatedProcess leader, Task<RunResult> result)
    {
        _leaders.Add(leader);
        _ = leader.Start(() => CollectAsync(result));
    }

    /// <summary>Plans so many deeds between two instants.</summary>
    public void Plan(int deeds, TimeSpan from, TimeSpan to)
    {
        for (var i = 0; i < deeds; i++)
        {
            swarm.World.Time.After(from + (dice.NextDouble() * (to - from)), Act);
        }
    }

    /// <summary>Starts a leader that waits for the run to lose its own.</summary>
    public void StandBy()
    {
        var (result, process) = swarm.StandBy($"standby-{++_standBys}");
        Watch(process, result);
    }

    private async Task CollectAsync(Task<RunResult> result)
    {
        try
        {
            Results.Add(await result);
        }
        catch (Exception e)
        {
            swarm.Broken.Add($"A leader broke: {e}");
        }
    }

    private void Act()
    {
        switch (dice.Next(16))
        {
            case 0 or 1:
                Kill(AnyDrone());
                break;
            case 2:
                Freeze(AnyDrone(), 12);
                break;
            case 3 or 4:
                CutOff([AnyDrone()], 12);
                break;
            case 5:
                CutOff([.. swarm.Drones.Values, .. _leaders], 8);
                break;
            case 6:
                trace.Note("ADVERSARY wipes the medium");
                swarm.Wipe();
                break;
            case 7:
                KillLeader();
                break;
            case 8:
                Freeze(_leaders[^1], 20);
                break;
            case 9:
                Deafen(AnyDrone(), 12);
                break;
            case 10:
                Deafen(_leaders[^1], 12);
                break;
            case 11 or 14:
                Flicker(AnyDrone());
                break;
            case 12 or 15:
                KillAmidEchoes(AnyDrone());
                break;
            default:
                CutOff([_leaders[^1]], 20);
                break;
        }
    }

    private SimulatedProcess AnyDrone() => swarm.Drones.Values.ElementAt(dice.Next(swarm.Drones.Count));

    private void Kill(SimulatedProcess drone)
    {
        trace.Note($"ADVERSARY kills {drone.Name}");
        drone.Kill();
        if (dice.Next(2) == 0)
        {
            swarm.World.Time.After(Seconds(5), () =>
            {
                trace.Note($"ADVERSARY restarts {drone.Name}");
                swarm.AddDrone(drone.Name);
            });
        }
    }

    // A leader that is killed is started again with the run's id, unless another stands by.
    private void KillLeader()
    {
        var leader = _leaders[^1];
        trace.Note($"ADVERSARY kills {leader.Name}");
        leader.Kill();
        swarm.World.Time.After(Seconds(5), StandBy);
    }

    private void Freeze(SimulatedProcess process, double atMost)
    {
        trace.Note($"ADVERSARY freezes {process.Name}");
        process.Freeze();
        swarm.World.Time.After(Seconds(atMost), () =>
        {
            trace.Note($"ADVERSARY thaws {process.Name}");
            process.Thaw();
        });
    }

    // Cut off until a leader is about to declare it lost, who is frozen at that moment, there for one heartbeat, and cut off again.
    private void Flicker(SimulatedProcess drone)
    {
        trace.Note($"ADVERSARY has {drone.Name} flicker");
        drone.IsCutOff = true;
        foreach (var leader in _leaders)
        {
            leader.BeforeLoss = () => ShowUp(leader);
        }

        swarm.World.Time.After(TimeSpan.FromSeconds(7), () => ShowUp(null));

        void ShowUp(SimulatedProcess? leader)
        {
            if (!drone.IsCutOff)
            {
                return;
            }

            _leaders.ForEach(other => other.BeforeLoss = null);
            drone.IsCutOff = false;
            drone.AfterBeat = () =>
            {
                drone.AfterBeat = null;
                CutOff([drone], 8);
            };
            if (leader is not null)
            {
                HoldUp(leader);
            }
        }
    }

    // Frozen just before it sends what it has decided.
    private void HoldUp(SimulatedProcess leader)
    {
        leader.HeldUp = TimeSpan.FromSeconds(1.5 + (dice.NextDouble() * 0.5));
        trace.Note($"ADVERSARY holds {leader.Name} up for {leader.HeldUp.TotalSeconds:0.0} s");
        leader.Freeze();
        swarm.World.Time.After(leader.HeldUp, leader.Thaw);
        swarm.World.Do(() => leader.HeldUp = TimeSpan.Zero);
    }

    // All that it sends for a second arrives a second time once it is dead, after what it has sent since; in half of the cases nobody leads then.
    private void KillAmidEchoes(SimulatedProcess drone)
    {
        trace.Note($"ADVERSARY echoes what {drone.Name} sends");
        drone.IsEchoed = true;
        var killsLeaders = dice.Next(2) == 0;
        swarm.World.Time.After(TimeSpan.FromSeconds(1.2), () => drone.IsEchoed = false);
        swarm.World.Time.After(TimeSpan.FromSeconds(2.4), () =>
        {
            trace.Note($"ADVERSARY kills {drone.Name}");
            drone.Kill();
            if (killsLeaders)
            {
                _leaders.ForEach(leader => leader.Kill());
                KillLeader();
            }
        });
    }

    // The others see that it is there; it sees nothing.
    private void Deafen(SimulatedProcess process, double atMost)
    {
        trace.Note($"ADVERSARY deafens {process.Name}");
        process.IsDeaf = true;
        swarm.World.Time.After(Seconds(atMost), () =>
        {
            trace.Note($"ADVERSARY lets {process.Name} hear again");
            process.IsDeaf = false;
        });
    }

    private void CutOff(IReadOnlyList<SimulatedProcess> processes, double atMost)
    {
        trace.Note($"ADVERSARY cuts off {string.Join(", ", processes.Select(process => process.Name))}");
        foreach (var process in processes)
        {
            process.IsCutOff = true;
        }

        swarm.World.Time.After(Seconds(atMost), () =>
        {
            trace.Note($"ADVERSARY reconnects {string.Join(", ", processes.Select(process => process.Name))}");
            foreach (var process in processes)
            {
                process.IsCutOff = false;
            }
        });
    }

    private TimeSpan Seconds(double atMost) => TimeSpan.FromSeconds(0.5 + (dice.NextDouble() * atMost));
}
