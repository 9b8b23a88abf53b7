using Microsoft.Extensions.Time.Testing;
using Orca.Runs;
using Orca.Swarm;
using Orca.Swarm.Documents;
using Orca.Swarm.InMemory;
using Orca.TestKit;

namespace Orca.Tests.Runs;

public sealed class SwarmOverviewTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SwarmNames _names = Workshop.Good(SwarmNames.Of("", "default"));
    private readonly InMemorySwarmMedium _medium;
    private readonly SwarmOverview _overview;

    public SwarmOverviewTests()
    {
        _medium = new(new InMemorySwarmStore(_clock));
        _overview = new(_medium, _names, _clock);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drones_OfWhichOneWasLeftBehind_AreThoseThatLive()
    {
        await ShowAsync("dead", 7);
        await ShowAsync("alive", 1);

        var looking = _overview.DronesAsync(Ct);
        for (var beat = 2; !looking.IsCompleted; beat++)
        {
            await ShowAsync("alive", beat);
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        Assert.Equal("alive", Assert.Single(Workshop.Good(await looking)).Drone);
    }

    [Fact]
    public async Task Drones_WhereThereAreNone_IsEmptyAtOnce() => Assert.Empty(Workshop.Good(await _overview.DronesAsync(Ct)));

    [Fact]
    public async Task Runs_OfASwarm_ComeWithTheLastChangedFirst()
    {
        await ListAsync("old", RunPhase.Completed);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await ListAsync("new", RunPhase.Running);

        Assert.Equal(["new", "old"], Workshop.Good(await _overview.RunsAsync(Ct)).Select(run => run.Run));
    }

    [Fact]
    public async Task Stop_OfARunThatRuns_AsksItsLeaderOnce()
    {
        await ListAsync("nightly", RunPhase.Running);

        Assert.Null(await _overview.StopAsync("nightly", "ada on loom: enough", Ct));

        Assert.True((await _medium.ReadListAsync(_names.Run("nightly").Requests, 0, Ct)).Answered(out var requests));
        var request = Workshop.Good(SwarmJson.Read<RunRequestRecord>(Assert.Single(requests!), RunRequestRecord.TypeName));
        Assert.Equal(("nightly", RunRequestRecord.Stop, "ada on loom: enough"), (request.Run, request.Action, request.By));
    }

    [Fact]
    public async Task Stop_OfARunThatIsOver_OrUnknown_IsAProblem()
    {
        await ListAsync("done", RunPhase.Completed);

        Assert.StartsWith("Run 'done' is over: it is completed since ", (await _overview.StopAsync("done", "ada", Ct))!.What);
        Assert.Equal("Swarm 'default' has no run 'dome'. Its newest runs are: done.", (await _overview.StopAsync("dome", "ada", Ct))!.ToString());
    }

    private async Task ShowAsync(string drone, long counter) =>
        await _medium.WriteFieldAsync(_names.Drones, drone, SwarmJson.Write(new Presence { Drone = drone, Life = "1", Host = "loom", Version = "1.0.0", Since = _clock.GetUtcNow(), Counter = counter }), Ct);

    private async Task ListAsync(string run, RunPhase phase) =>
        await _medium.WriteFieldAsync(_names.Runs, run, SwarmJson.Write(new RunIndexEntry { Run = run, Name = run, Leader = "loom-1", Phase = phase, Changed = _clock.GetUtcNow() }), Ct);
}
