using Orca.Plans;
using Orca.Runs;
using Orca.Swarm.Documents;
using Orca.Swarm.Sealing;
using Orca.TestKit;
using Orca.Tests.Simulation;

namespace Orca.Tests.Runs;

/// <summary>In a swarm with a key somebody without it puts old heartbeats back: a live drone is hidden, and nothing is started twice all the same.</summary>
public sealed class SealedSwarmTests
{
    private readonly DrivenSwarm _swarm = new(
        new Weather(new Random(1), slowMs: 2, requestLoss: 0, answerLoss: 0, messageLoss: 0),
        seal: Workshop.Good(SwarmSeal.Of("a key for these tests")));

    [Fact]
    public async Task AHiddenDrone_ThatIsCutOffAsItIsDeclaredLost_LoadsOnAndTheOthersWaitForIt()
    {
        var plan = DrivenSwarm.Plan(3, seconds: 30);
        await HideAsync(plan, cutsOff: true);

        var starts = _swarm.Workers.Starts;
        Assert.Equal(starts.Count, starts.Select(start => start.Number).Distinct().Count());

        // It went on while its right lasted, and from 10 s after it was hidden on every arrival is started again.
        var last = starts.Where(start => start.Drone == "drone-2").Max(start => start.At);
        Assert.InRange(last, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16));
        var later = starts.Where(start => start.Due > TimeSpan.FromSeconds(17)).Select(start => start.Number).Order().ToList();
        Assert.Equal(Enumerable.Range(0, later.Count).Select(i => later[0] + i), later);
        Assert.Equal(2_999, later[^1]);
    }

    [Fact]
    public async Task AHiddenDrone_OfIterations_HasNoneOfThemRunByOthers()
    {
        var plan = DrivenSwarm.Plan(3) with
        {
            Scenarios = [new Scenario { Name = "import", Test = "import", MaxUsers = 100, Load = [new IterationsStage(60_000, 30, TimeSpan.FromMinutes(1))] }],
        };
        await HideAsync(plan, cutsOff: false);

        var ran = _swarm.Workers.Starts.Select(start => start.Number).ToList();
        Assert.Equal(ran.Count, ran.Distinct().Count());
        Assert.Equal(60_000, Assert.Single(_swarm.Document().LostClaims).Below);
    }

    // From run time 5 s on for 8 s the medium shows the heartbeat of drone-2 that stands there then, whatever it says later.
    private async Task HideAsync(RunPlan plan, bool cutsOff)
    {
        _swarm.AddDrones(3);
        var (_, result, _) = _swarm.Lead(plan);
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Exists(start => start.At >= TimeSpan.FromSeconds(5)), TimeSpan.FromMinutes(1)));
        var member = _swarm.Document().Roster.Single(entry => entry.Drone == "drone-2").Member;
        var held = _swarm.Store.Step(_swarm.Run.Heartbeats, entry => entry.Hash[member], writes: false);
        for (var at = TimeSpan.Zero; at < TimeSpan.FromSeconds(8); at += TimeSpan.FromMilliseconds(10))
        {
            _swarm.World.Time.After(at, () => _swarm.Store.Step(_swarm.Run.Heartbeats, entry => entry.Hash[member] = held, writes: true));
        }

        Assert.True(_swarm.World.Run(() => _swarm.Document().Find("drone-2", "life-2") is { State: RosterState.Lost }, TimeSpan.FromSeconds(8)));
        _swarm.Drones["drone-2"].IsCutOff = cutsOff;
        await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(3));
    }
}
