using Orca.Results;
using Orca.Samples.Target;
using Orca.TestKit;
using Orca.TestKit.Servers;
using Orca.Tests.Runs;

namespace Orca.Tests.Swarm;

/// <summary>A leader and drones in processes of their own over a real server, under which the sample package visits the sample target.</summary>
internal sealed class ProcessSwarm : IAsyncDisposable
{
    public const string RunId = "run-1";

    private readonly List<IAsyncDisposable> _owned = [];
    private readonly Workshop _shop = new Workshop().AddSample();

    private ProcessSwarm(RedisServer server, TargetServer target, int rate, int seconds)
    {
        (Server, Target, Rate, Seconds) = (server, target, rate, seconds);
        File.WriteAllText(Path.Combine(_shop.Folder, "plan.json"), $$"""
            {
              "name": "visits",
              "target": "{{target.Http}}",
              "quorum": 3,
              "scenarios": { "hello": { "load": [ { "rate": {{rate}}, "for": "{{seconds}}s" } ], "maxUsers": 400 } },
              {{PlanText.WideLimits}}
            }
            """);
    }

    public string Folder => _shop.Folder;

    public RedisServer Server { get; }

    public TargetServer Target { get; }

    /// <summary>When the target was there: its first second began no later.</summary>
    public DateTimeOffset TargetBegan { get; } = TimeProvider.System.GetUtcNow();

    public int Rate { get; }

    public int Seconds { get; }

    public int Planned => Rate * Seconds;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<ProcessSwarm> StartAsync(int rate = 60, int seconds = 20, RedisServer? server = null)
    {
        var owned = server is null ? await RedisServer.StartAsync() : null;
        var swarm = new ProcessSwarm(server ?? owned!, await TargetServer.StartAsync(ct: Ct), rate, seconds);
        if (owned is not null)
        {
            swarm._owned.Add(owned);
        }

        swarm._owned.Add(swarm.Target);
        return swarm;
    }

    public HostProcess Drone(string name, string? endpoint = null, params (string Key, string Value)[] more) =>
        Start("drone", name, endpoint, [("Orca:Name", name), ("Orca:Cache", Path.Combine(_shop.Folder, "cache-" + name)), .. more]);

    public HostProcess Leader(string? endpoint = null, params (string Key, string Value)[] more) =>
        Start("leader", "leader", endpoint, [
            ("Orca:RunId", RunId), ("Orca:Plan", Path.Combine(_shop.Folder, "plan.json")), ("Orca:Version", "1.0.0"), ("Orca:Cache", _shop.Cache),
            ("Orca:Out", Path.Combine(_shop.Folder, "reports")), ("Orca:Quiet", "true"), .. more]);

    public TcpProxy Proxy()
    {
        var proxy = new TcpProxy(Server.Port);
        _owned.Add(proxy);
        return proxy;
    }

    /// <summary>The one report on disk.</summary>
    public RunReport Report() => Workshop.Good(RunReportJson.Read(File.ReadAllText(Assert.Single(
        Directory.GetFiles(Path.Combine(_shop.Folder, "reports"), "report.json", SearchOption.AllDirectories)))));

    /// <summary>Lets a part of the load pass.</summary>
    public Task LoadForAsync(int seconds) => ArrivedAsync(Rate * seconds);

    public async Task ArrivedAsync(long requests)
    {
        var from = Target.Read().Requests;
        var patience = TimeProvider.System.GetTimestamp();
        while (Target.Read().Requests < from + requests)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromMinutes(2), $"{Target.Read().Requests - from} of {requests} requests have arrived.");
            await Task.Delay(50, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_owned))
        {
            await one.DisposeAsync();
        }

        _shop.Dispose();
    }

    private HostProcess Start(string role, string name, string? endpoint, IEnumerable<(string Key, string Value)> settings)
    {
        var all = new Dictionary<string, string>
        {
            ["Role"] = role,
            ["Orca:Redis:Endpoints:0"] = endpoint ?? Server.Endpoint,
            ["Orca:Feeds:0"] = _shop.Feed,
            ["Orca:NuGetConfigRoot"] = _shop.Folder,
            ["Logging:Console:FormatterName"] = "simple",
            ["Logging:Console:FormatterOptions:SingleLine"] = "true",
            ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss.fff ",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var process = new HostProcess(name, all);
        _owned.Add(process);
        return process;
    }
}
