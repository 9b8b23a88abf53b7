using Orca.Results;
using Orca.Runs;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>Tests that throw or hang in one of their hooks end as the design says, and the same drones then run a good one.</summary>
public abstract class FaultyTestTests : IAsyncDisposable
{
    protected const string Faulty = "Faulty.Tests";
    private const string Good = "Good.Tests";

    private readonly Workshop _shop = new();
    private readonly TestSwarm _swarm;

    protected FaultyTestTests() => _swarm = new(_shop.Add(TestPackage.WithTest(Good)), drones: 2);

    private protected RunLog Log => _swarm.Log;

    public async ValueTask DisposeAsync()
    {
        await _swarm.DisposeAsync();
        _shop.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<RunResult> RunAsync(string body, string quorum = "2", string more = "")
    {
        _shop.Add(TestPackage.WithTest(Faulty, body: body));
        return _swarm.RunAsync(PlanText.Of(Faulty, quorum, more));
    }

    /// <summary>A second leader, the same drones, a good test.</summary>
    private protected async Task AssertRunsAGoodTestAsync()
    {
        var result = await _swarm.RunAsync(PlanText.Of(Good));

        Assert.Empty(result.Problems);
        Assert.Equal(ExitCode.Passed, result.ExitCode);
        AssertAllOk(result.Report!, drones: 2);
    }

    private protected static void AssertAllOk(RunReport report, int drones)
    {
        Assert.Equal(50, report.Totals.Started + report.Totals.Missed);
        Assert.Equal((report.Totals.Started, 0), (report.Totals.Ok, report.Totals.Failed));
        Assert.Equal(drones, report.Drones.Count(drone => drone is { Started: > 0, Finished: true }));
    }

    private protected static void AssertAborted(RunResult result, params string[] words)
    {
        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Equal((Verdict.Aborted, 0), (result.Report!.Verdict, result.Report.Totals.Started));
        var problem = Assert.Single(result.Problems).ToString();
        Assert.All(words, word => Assert.Contains(word, problem, StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(result.Report.Folder!, "report.json")));
    }
}
