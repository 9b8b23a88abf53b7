using Orca.Results;
using Orca.Samples.Target;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>The sample test package through a whole run in this process, against the sample target.</summary>
public sealed class SampleRunTests : IDisposable
{
    private readonly Workshop _shop = new Workshop().AddSample();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Run_OfTheSamplePackage_TotalsEqualTheTargetsOwnLog()
    {
        await using var target = await TargetServer.StartAsync(ct: TestContext.Current.CancellationToken);
        var plan = Path.Combine(_shop.Folder, "plan.json");
        await File.WriteAllTextAsync(
            plan,
            $$"""
            {
              "name": "the whole way",
              "target": "{{target.Http}}",
              "quorum": 3,
              "joinTimeout": "30s",
              "parameters": { "echo": "{{target.Echo}}" },
              "scenarios": {
                "shop": { "load": [ { "rate": 20, "to": 100, "for": "1s" }, { "rate": 100, "for": "1s" } ], "maxUsers": 500 },
                "echo": { "load": [ { "users": 0, "to": 10, "for": "1s" }, { "users": 10, "for": "1s" } ] },
                "hello": { "load": [ { "iterations": 60, "users": 6, "for": "60s" } ] }
              },
              "thresholds": [ "shop checks.finds-something > 99%", "swarm errors < 1%", "echo/ask count > 0" ],
              {{PlanText.WideLimits}}
            }
            """,
            TestContext.Current.CancellationToken);

        var run = await HostedRun.RunAsync(_shop, options =>
        {
            options.Drones = 3;
            options.Package = SamplePackages.Id;
            options.Plan = plan;
            options.SeparateCaches = true;
        });

        Assert.Empty(run.Result.Problems);
        var report = run.Result.Report!;
        Assert.Empty(report.Reasons);
        Assert.Equal(ExitCode.Passed, run.Result.ExitCode);
        AssertAgree(report, target.Read());
        AssertOnDisk(report);
        Assert.Contains(report.Folder!, run.Console, StringComparison.Ordinal);
        Assert.Equal(3, report.Drones.Length);
        Assert.All(report.Drones, drone => Assert.True(drone is { Finished: true, Started: > 0 }));

        // Each drone has installed the package for itself, and has let it go again.
        Assert.All(["drone-1", "drone-2", "drone-3"], drone => Assert.True(Directory.Exists(Path.Combine(_shop.Cache, drone, "orca.samples.echotest", "1.0.0"))));
        run.Log.AssertClean();
    }

    private static void AssertAgree(RunReport report, TargetReading target)
    {
        var (shop, echo, hello) = (report.Scenarios[0].Measured, report.Scenarios[1].Measured, report.Scenarios[2].Measured);

        // What was asked for, to the iteration.
        Assert.Equal(160, shop.Started + shop.Missed + shop.Dropped);
        Assert.Equal(60, hello.Started);
        Assert.All(report.Scenarios, scenario => Assert.Equal((0, scenario.Measured.Started), (scenario.Measured.Interrupted + scenario.Measured.Failed, scenario.Measured.Ok)));

        // What was sent, to the request.
        var steps = report.Scenarios.SelectMany(scenario => scenario.Measured.Steps).ToList();
        Assert.Equal(target.Requests, steps.Sum(step => step.Http?.Requests ?? 0));
        Assert.Equal(target.EchoMessages, Step(echo, "ask").Ok);
        Assert.Equal(echo.Ok, target.EchoMessages);
        Assert.Equal(target.Endpoints["/"].Arrived, Requests(shop, "home") + Requests(hello, "home"));
        Assert.Equal(target.Endpoints["/search"].Arrived, Requests(shop, "search"));
        Assert.Equal(target.Endpoints["/basket"].Arrived, Requests(shop, "basket"));
        Assert.Equal(target.Endpoints["/checkout"].Arrived, Requests(shop, "pay"));
        Assert.Equal(Statuses(target.Endpoints.Values.SelectMany(endpoint => endpoint.Statuses).Select(status => (status.Key, status.Value))),
            Statuses(steps.SelectMany(step => step.Http?.Statuses ?? []).Select(status => (status.Status, status.Count))));

        // And the intervals add up to it.
        Assert.Equal(report.Totals.Started, report.Intervals.Sum(interval => interval.Total.Started));
        Assert.Equal(report.Totals.Ok, report.Intervals.Sum(interval => interval.Total.Ok));
        Assert.Equal(report.Totals.Started, report.Drones.Sum(drone => drone.Started));
    }

    private static void AssertOnDisk(RunReport report)
    {
        var json = File.ReadAllText(Path.Combine(report.Folder!, "report.json"));
        var read = Workshop.Good(RunReportJson.Read(json));

        Assert.Equal(RunReportJson.Write(report), RunReportJson.Write(read));
        Assert.Equal((report.RunId, report.Totals.Ok), (read.RunId, read.Totals.Ok));
    }

    private static StepStatistics Step(WorkStatistics work, string name) => work.Steps.Single(step => step.Name == name);

    private static long Requests(WorkStatistics work, string step) => Step(work, step).Http!.Requests;

    private static string Statuses(IEnumerable<(int Status, long Count)> statuses) =>
        string.Join(", ", statuses.GroupBy(status => status.Status).OrderBy(group => group.Key).Select(group => $"{group.Key}: {group.Sum(status => status.Count)}"));
}
