using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Orca.Hosting;
using Orca.Results;
using Orca.TestKit;
using Orca.TestKit.Servers;
using Orca.Tests.Runs;

namespace Orca.Tests.Swarm;

/// <summary>What a host's own monitoring sees of a run over a real server: meter, activities, health.</summary>
public sealed class TelemetryTests
{
    private const string Body = """
        public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => user.Iteration % 5 == 0 ? throw new InvalidOperationException("every fifth") : default;
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OverRedis_IsSeenByMeterAndActivities()
    {
        await using var server = await RedisServer.StartAsync();
        using var shop = new Workshop().Add(TestPackage.WithTest("Acme.Seen", body: Body));
        var swarm = new HostedSwarm(shop, server);
        using var drones = swarm.Drones(2);
        await drones.StartAsync(Ct);
        var leader = swarm.Leader(PlanText.Of("Acme.Seen"), "seen-1");
        using var readings = new Readings(leader);
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Orca",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        var result = await leader.RunOrcaAsync(Ct);
        await drones.StopAsync(Ct);

        var totals = result.Report!.Totals;
        Assert.Equal(50, totals.Started);
        Assert.True(totals.Failed > 0);
        Assert.Equal(totals.Ok, readings.Sum("orca.iterations", ("scenario", "go"), ("outcome", "ok")));
        Assert.Equal(totals.Failed, readings.Sum("orca.iterations", ("scenario", "go"), ("outcome", "failed")));
        Assert.Equal(totals.Dropped + totals.Missed, readings.Sum("orca.iterations", ("outcome", "dropped")) + readings.Sum("orca.iterations", ("outcome", "missed")));
        Assert.Equal(0, readings.Sum("orca.drones.lost"));
        var activity = Assert.Single(activities, activity => (string?)activity.GetTagItem("orca.run.id") == "seen-1");
        Assert.Equal(("orca.run", "default", result.Report.Verdict.ToString()), (activity.OperationName, activity.GetTagItem("orca.swarm"), activity.GetTagItem("orca.run.verdict")));
        Assert.Equal(result.ExitCode == ExitCode.Passed ? ActivityStatusCode.Ok : ActivityStatusCode.Error, activity.Status);
    }

    [Fact]
    public async Task Drones_ServerGoesAway_MeterAndHealthTellUntilItIsBack()
    {
        await using var server = await RedisServer.StartAsync();
        using var shop = new Workshop();
        var swarm = new HostedSwarm(shop, server);
        using var drones = swarm.Drones(3);
        using var readings = new Readings(drones);
        var health = drones.Services.GetRequiredService<HealthCheckService>();
        await drones.StartAsync(Ct);
        await swarm.Log.SeenAsync(1200, Ct);

        Assert.Equal((1L, 3L), (readings.Now("orca.swarm.connected"), readings.Now("orca.members")));
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Ct)).Status);

        await server.KillAsync();
        await swarm.Log.SeenAsync(1202, Ct);

        var report = await health.CheckHealthAsync(Ct);
        Assert.Equal(0L, readings.Now("orca.swarm.connected"));
        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Healthy), (report.Entries["orca-ready"].Status, report.Entries["orca-live"].Status));
        Assert.Contains(server.Endpoint, report.Entries["orca-ready"].Description, StringComparison.Ordinal);

        await server.RestartAsync();
        await swarm.Log.SeenAsync(1203, Ct);

        Assert.Equal(1L, readings.Now("orca.swarm.connected"));
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Ct)).Status);
        await drones.StopAsync(Ct);
    }

    /// <summary>Hears the meter of one host, not those of others in this process.</summary>
    private sealed class Readings : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, long Value, KeyValuePair<string, object?>[] Tags)> _heard = new();

        public Readings(IHost host)
        {
            var meters = host.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Orca" && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _heard.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _heard.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.Start();
        }

        public long Sum(string name, params (string Key, string Value)[] tags) => _heard
            .Where(heard => heard.Name == name && tags.All(tag => heard.Tags.Any(has => has.Key == tag.Key && (string?)has.Value == tag.Value)))
            .Sum(heard => heard.Value);

        public long Now(string gauge)
        {
            _heard.Clear();
            _listener.RecordObservableInstruments();
            return Assert.Single(_heard, heard => heard.Name == gauge).Value;
        }

        public void Dispose() => _listener.Dispose();
    }
}
