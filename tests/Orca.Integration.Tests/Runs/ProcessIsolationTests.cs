using System.Diagnostics;
using System.Globalization;
using Orca.Results;
using Orca.Runs;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>Tests that break their process: it costs one run on one drone, the report tells why, and the same drones then run a good test.</summary>
[Collection(MachineAlone.Name)]
public sealed class ProcessIsolationTests : IAsyncDisposable
{
    private const string Faulty = "Faulty.Tests";
    private const string Good = "Good.Tests";

    private readonly Workshop _shop = new();
    private readonly TestSwarm _swarm;

    public ProcessIsolationTests() => _swarm = new(_shop.Add(TestPackage.WithTest(Good)), drones: 2, inProcess: false);

    public async ValueTask DisposeAsync()
    {
        await _swarm.DisposeAsync();
        _shop.Dispose();
    }

    [Fact]
    public async Task Run_StackOverflowOnOneDrone_CostsThatDroneOnlyAndTheReportTells()
    {
        var result = await RunAsync("""
            public Task BreakAsync(VirtualUser user) { if (user.Context.Drone.Index == 1 && user.Iteration > 5) Deeper(1); return Task.CompletedTask; }
            private static int Deeper(int n) => n == 0 ? 0 : Deeper(n + 1) + Deeper(n + 2);
            public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) { Console.WriteLine("here I am"); await BreakAsync(user); }
            """);

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        var lost = Assert.Single(result.Report!.Events, happened => happened.Kind == RunEventKind.DroneLost);
        Assert.Equal("drone-2", lost.Drone);
        Assert.Contains("Stack overflow", lost.Text, StringComparison.Ordinal);
        Assert.Contains(OperatingSystem.IsWindows() ? "exit code" : "exit code 134", lost.Text, StringComparison.Ordinal);
        Assert.Contains(_swarm.Log.Lines, line => line.Text.EndsWith("wrote: here I am", StringComparison.Ordinal));
        await AssertRunsAGoodTestAsync();
    }

    [Fact]
    public async Task Run_ProcessOfATestIsKilled_CostsThatDroneOnlyAndTheReportHasExitCodeAndLastWords()
    {
        var ct = TestContext.Current.CancellationToken;
        var running = RunAsync("""
            private static int _count;
            public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
            {
                if (System.Threading.Interlocked.Increment(ref _count) == 5) { Console.Error.WriteLine("the fifth of " + Environment.ProcessId); }
                return default;
            }
            """);
        var process = int.Parse((await _swarm.Log.SeenAsync(" has process ", ct)).Split(" has process ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        await _swarm.Log.SeenAsync($"wrote: the fifth of {process}", ct);

        Process.GetProcessById(process).Kill();
        var result = await running;

        Assert.Equal(ExitCode.Passed, result.ExitCode);
        var lost = Assert.Single(result.Report!.Events, happened => happened.Kind == RunEventKind.DroneLost);
        Assert.Contains(OperatingSystem.IsWindows() ? "exit code" : "exit code 137", lost.Text, StringComparison.Ordinal);
        Assert.Contains($"Its last lines: the fifth of {process}", lost.Text, StringComparison.Ordinal);
        Assert.Single(result.Report.Drones, drone => drone is { Finished: true, Lost: false });
        await AssertRunsAGoodTestAsync();
    }

    private Task<RunResult> RunAsync(string body, string more = "")
    {
        _shop.Add(TestPackage.WithTest(Faulty, body: body));
        return _swarm.RunAsync(PlanText.Of(Faulty, more: more));
    }

    private async Task AssertRunsAGoodTestAsync()
    {
        var result = await _swarm.RunAsync(PlanText.Of(Good));

        Assert.Empty(result.Problems);
        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Equal(50, result.Report!.Totals.Started + result.Report.Totals.Missed);
        Assert.Equal(2, result.Report.Drones.Count(drone => drone is { Started: > 0, Finished: true }));
    }
}
