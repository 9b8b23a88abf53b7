using Orca.Plans;
using Orca.Results;
using Orca.TestKit;

namespace Orca.Tests.Runs;

public sealed class DroneCountTests
{
    private const string Package = "Count.Tests";

    private const string Scenarios = """
        "constant": { "test": "sample", "maxUsers": 500, "load": [ { "rate": 200, "for": "1s" } ] },
        "ramp": { "test": "sample", "maxUsers": 500, "load": [ { "rate": 0, "to": 300, "for": "1s" }, { "rate": 300, "to": 37, "for": "700ms" } ] },
        "poisson": { "test": "sample", "maxUsers": 500, "load": [ { "rate": 150, "for": "1s", "arrivals": "poisson" } ] },
        "fixed": { "test": "sample", "load": [ { "iterations": 121, "users": 10, "for": "2s" } ] }
        """;

    [Fact]
    public async Task Run_OfOnePlanOn1And3And7Drones_StartsTheSameIterations()
    {
        var runs = await Task.WhenAll(RunAsync(1), RunAsync(3), RunAsync(7));

        Assert.All(runs, run =>
        {
            Assert.Equal(ExitCode.Passed, run.Report.ExitCode);
            Assert.Equal(run.Drones, run.Report.Drones.Count(drone => drone.Started > 0));
            Assert.Equal(Expected(), run.Report.Scenarios.Select(scenario => (scenario.Name, scenario.Measured.Started + scenario.Measured.Missed)));
            Assert.Equal((0, run.Report.Totals.Started), (run.Report.Totals.Dropped, run.Report.Totals.Ok));
        });

        // Only a machine that stands still for a second makes a generator miss; where none did, all started the same.
        Assert.Single(runs.Select(run => run.Report.Totals.Started + run.Report.Totals.Missed).Distinct());
    }

    private static async Task<(int Drones, RunReport Report)> RunAsync(int drones)
    {
        using var shop = new Workshop().Add(TestPackage.WithTest(Package));
        await using var swarm = new TestSwarm(shop, drones);
        var result = await swarm.RunAsync(Plan(drones));
        Assert.Empty(result.Problems);
        return (drones, result.Report!);
    }

    private static string Plan(int drones) =>
        $$"""{ "package": "{{Package}}@1.0.0", "quorum": {{drones}}, "scenarios": { {{Scenarios}} }, {{PlanText.WideLimits}} }""";

    // The schedule's own count, by its arrivals; iterations by the plan.
    private static IEnumerable<(string, long)> Expected()
    {
        var plan = Workshop.Good(PlanFile.Read([new PlanLayer("plan", Plan(1))], new PlanReading()));
        foreach (var scenario in plan.Scenarios)
        {
            var arrivals = ScenarioSchedule.Of(scenario, plan.Seed!.Value).Arrivals();
            var count = scenario.Load.OfType<IterationsStage>().Sum(stage => stage.Iterations);
            for (; arrivals.TryPeek(out _); arrivals.Advance())
            {
                count++;
            }

            yield return (scenario.Name, count);
        }
    }
}
