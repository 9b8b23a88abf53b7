using Orca.Plans;
using Orca.Results;
using Orca.Runs;
using Orca.Swarm.Documents;
using Orca.Tests.Simulation;

namespace Orca.Tests.Runs;

/// <summary>A run is stopped, by a call or by a request from outside, in whatever phase it is.</summary>
public sealed class StopRequestTests
{
    private readonly DrivenSwarm _swarm = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhileAnnouncing_TheRunIsAbortedWithAReport(bool byCall) =>
        await AssertStopsBeforeTheStartAsync(byCall, drones: 1, phase: RunPhase.Announcing);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhileTheSwarmIsSetUp_TheRunIsAbortedWithAReport(bool byCall)
    {
        _swarm.Workers.WhileSettingUpSwarm = (_, ct) => Task.Delay(TimeSpan.FromMinutes(1), _swarm.World.Time, ct);
        await AssertStopsBeforeTheStartAsync(byCall, drones: 2, phase: RunPhase.Starting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhileDronesSetUp_TheRunIsAbortedWithAReport(bool byCall)
    {
        _swarm.Workers.WhileSettingUp = (_, ct) => Task.Delay(TimeSpan.FromMinutes(1), _swarm.World.Time, ct);
        await AssertStopsBeforeTheStartAsync(byCall, drones: 2, phase: RunPhase.Starting);
    }

    [Fact]
    public async Task WhileRunning_ByARequest_DrainsAndReportsWhatThereIs()
    {
        _swarm.AddDrones(2);
        var (_, result, _) = _swarm.Lead(DrivenSwarm.Plan(2, seconds: 60));
        Assert.True(_swarm.World.Run(() => _swarm.Workers.Starts.Count >= 300, TimeSpan.FromMinutes(1)));

        _swarm.RequestStop("ada");
        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromMinutes(1));

        Assert.Equal(ExitCode.Aborted, ended.ExitCode);
        Assert.Equal(_swarm.Workers.Starts.Count, ended.Report!.Totals.Finished);
        Assert.InRange(_swarm.Workers.Starts.Count, 300, 600);
        Assert.Contains(ended.Report.Events, happened => happened is { Kind: RunEventKind.StopRequested, Text: "ada" });
    }

    [Fact]
    public async Task WithTheMediumAway_AfterTheReportIsStored_TheLeaderEndsAllTheSame()
    {
        var swarm = new DrivenSwarm(new Weather(new Random(1), slowMs: 1, requestLoss: 0, answerLoss: 0, messageLoss: 0));
        var (leader, result, process) = swarm.Lead(DrivenSwarm.Plan(2));
        swarm.World.Run(() => false, TimeSpan.FromSeconds(3));

        process.IsCutOff = true;
        leader.RequestStop("ada", interrupted: true);
        var ended = await swarm.World.RunAsync(result, DrivenSwarm.Plan(2).LeaderTimeout + TimeSpan.FromSeconds(5));

        Assert.Equal(Verdict.Aborted, ended.Report!.Verdict);
    }

    private async Task AssertStopsBeforeTheStartAsync(bool byCall, int drones, RunPhase phase)
    {
        _swarm.AddDrones(drones);
        var (leader, result, _) = _swarm.Lead(DrivenSwarm.Plan(2));
        _swarm.World.Run(() => false, TimeSpan.FromSeconds(5));
        Assert.Equal(phase, _swarm.Document().Phase);

        if (byCall)
        {
            leader.RequestStop("ada", interrupted: false);
        }
        else
        {
            _swarm.RequestStop("ada");
        }

        var ended = await _swarm.World.RunAsync(result, TimeSpan.FromSeconds(2));

        Assert.Equal(ExitCode.Aborted, ended.ExitCode);
        Assert.Equal("The run was stopped before it started: ada", Assert.Single(ended.Problems).What);
        Assert.Equal(Verdict.Aborted, ended.Report!.Verdict);
        Assert.Contains(ended.Report.Events, happened => happened is { Kind: RunEventKind.StopRequested, Text: "ada" });
        Assert.Equal(RunPhase.Aborted, _swarm.Document().Phase);
        Assert.Empty(_swarm.Workers.Starts);
    }
}
