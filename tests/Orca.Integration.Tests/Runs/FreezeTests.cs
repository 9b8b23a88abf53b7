using Orca.Results;
using Orca.Samples.Target;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>A target that freezes for a second under 2,000 arrivals a second, in real time; <c>OpenLoadTests</c> has it exactly, on a driven clock.</summary>
[Collection(nameof(FreezeTests))]
[CollectionDefinition(nameof(FreezeTests), DisableParallelization = true)]
public sealed class FreezeTests : IDisposable
{
    private const string Package = "Freeze.Tests";
    private const int Rate = 2000;
    private const int Seconds = 10;
    private const double TooNoisy = 20;

    private readonly Workshop _shop = new Workshop().Add(TestPackage.WithTest(
        Package,
        body: "public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) => await user.Http.GetStringAsync(\"/fast\", ct);"));

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Target_FreezesForASecondInTen_EveryArrivalIsStartedOnTimeAndTheWaitingCounts()
    {
        LongTest.Require();
        await using var target = await TargetServer.StartAsync(ct: TestContext.Current.CancellationToken);
        await using var swarm = new TestSwarm(_shop, drones: 2);

        var result = await swarm.RunAsync(
            $$"""
            { "package": "{{Package}}@1.0.0", "target": "{{target.Http}}", "quorum": 2, {{PlanText.WideLimits}},
              "scenarios": { "go": { "test": "sample", "maxUsers": 6000, "load": [ { "rate": {{Rate}}, "users": 3000, "for": "{{Seconds}}s" } ] } } }
            """,
            new FreezeAtInterval(target, number: 3));

        var (report, work) = (result.Report!, result.Report!.Totals);
        Assert.Equal(Rate * Seconds, target.Read().Requests);
        Assert.Equal((Rate * Seconds, Rate * Seconds, 0, 0), (work.Started, work.Ok, work.Dropped, work.Missed));

        var lateness = work.Lateness!;
        Assert.SkipWhen(lateness.P99 > TooNoisy, $"This machine is too busy for times to mean anything: arrivals were started {lateness.P99:0} ms late at p99.");

        // All arrivals of the frozen second were started in it, as in every other.
        Assert.All(report.Intervals.Where(interval => !interval.Wide && !interval.Correction), interval => Assert.InRange(interval.Total.Arrivals, Rate * 0.95, Rate * 1.05));

        // 200 of 20,000 wait longest: those of the first tenth of the freeze, at least 900 ms each. What the generator itself was late for comes on top.
        AssertNear(901, work.Response!.P99, lateness);
        AssertNear(1000, work.Response.Max, lateness);
        AssertNear(901, work.Service!.P99, lateness);
        AssertNear(1000, work.Service.Max, lateness);
        Assert.InRange(work.Response.P50, 0, 450);
    }

    private static void AssertNear(double expected, double milliseconds, TimeStatistics lateness) =>
        Assert.InRange(milliseconds, (expected * 0.95) - lateness.P99, (expected * 1.05) + lateness.P99);

    /// <summary>Freezes the target for a second as soon as an interval has closed.</summary>
    private sealed class FreezeAtInterval(TargetServer target, int number) : IRunSink
    {
        private int _closed;

        public string Name => "freeze";

        public ValueTask IntervalAsync(RunInterval interval, CancellationToken ct)
        {
            if (++_closed == number)
            {
                target.Freeze(TimeSpan.Zero, TimeSpan.FromSeconds(1));
            }

            return default;
        }
    }
}
