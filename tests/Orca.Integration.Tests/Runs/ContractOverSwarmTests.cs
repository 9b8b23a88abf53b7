using Orca.Results;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>What the contract promises an author of a whole swarm, from a real package on three drones to the report.</summary>
public sealed class ContractOverSwarmTests
{
    private const string Secret = "open-sesame-4711";

    private const string Test = """
        public sealed class SampleLoadTest : ILoadTest, ISwarmSetup
        {
            private DataFeed<int> _rows = null!;

            public ValueTask<string?> SetUpSwarmAsync(LoadTestContext context, CancellationToken ct)
            {
                context.Attach("set the swarm up", true);
                return new("made by drone " + context.Drone.Index);
            }

            public ValueTask TearDownSwarmAsync(LoadTestContext context, CancellationToken ct) => default;

            public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct)
            {
                _rows = DataFeed<int>.Unique(System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Range(0, 90)), context.Drone);
                context.Attach("swarm state", context.SwarmState);
                context.Attach("length of the secret", context.Parameters["login"]!.Length);
                return default;
            }

            public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
            {
                var row = _rows.Next(user);
                user.Count("rows", 1);
                user.Count("sum", row);
                user.Record("row", row);
                user.Gauge("row seen", row);
                return default;
            }
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_OnThreeDrones_KeepsEveryPromise(bool inProcess)
    {
        using var shop = new Workshop().Add(new TestPackage("Contract.Tests", "1.0.0").Source(Test));
        await using var swarm = new TestSwarm(shop, 3, inProcess, secrets: new Dictionary<string, string> { ["shop-login"] = Secret });

        var result = await swarm.RunAsync($$"""
            {
              "package": "Contract.Tests@1.0.0", "quorum": 3,
              "scenarios": { "go": { "test": "sample", "load": [ { "iterations": 100, "users": 12, "for": "10s" } ] } },
              "parameters": { "login": { "secret": "shop-login" } },
              "thresholds": [ "go count >= 100", "go metric.rows.count >= 90" ],
              {{PlanText.WideLimits}}
            }
            """);

        var report = result.Report!;
        Assert.Equal(ExitCode.Passed, report.ExitCode);

        // Each row went to one iteration in the whole swarm; running out of them is a named error.
        var go = report.Scenarios.Single().Measured;
        Assert.Equal((100, 10), (go.Finished, go.Failed));
        Assert.Equal(10, Assert.Single(go.Errors, error => error.Kind == "DataFeedExhaustedException").Count);
        var metrics = go.Metrics.ToDictionary(metric => metric.Name);
        Assert.Equal((90, 89 * 90 / 2), (metrics["rows"].Count, metrics["sum"].Count));
        Assert.Equal((90, 0.0, 89.0), (metrics["row"].Count, metrics["row"].Min, metrics["row"].Max));
        Assert.Equal((0.0, 89.0), (metrics["row seen"].Min, metrics["row seen"].Max));

        // One drone set the swarm up, all got its result; every drone has the secret, and the report has not.
        Assert.Equal("drone-1", Assert.Single(report.Attachments, attachment => attachment.Name == "set the swarm up").Drone);
        Assert.Equal(3, report.Attachments.Count(attachment => attachment.Name == "swarm state" && attachment.Value.GetString() == "made by drone 0"));
        Assert.Equal(3, report.Attachments.Count(attachment => attachment.Name == "length of the secret" && attachment.Value.GetInt32() == Secret.Length));
        foreach (var file in Directory.EnumerateFiles(swarm.Reports, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }
}
