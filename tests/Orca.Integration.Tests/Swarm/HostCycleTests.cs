using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orca.Hosting;
using Orca.Hosting.Media;
using Orca.TestKit;
using Orca.TestKit.Servers;
using Orca.Tests.Runs;
using StackExchange.Redis;

namespace Orca.Tests.Swarm;

/// <summary>Leader and three drones started, run and stopped again and again in one process: nothing of them stays.</summary>
[Collection(MachineAlone.Name)]
public sealed class HostCycleTests
{
    private const string Plan = """
        {
          "package": "Acme.Cycle@1.0.0",
          "quorum": 3,
          "scenarios": { "go": { "test": "sample", "maxUsers": 30, "load": [ { "rate": 90, "for": "300ms" } ] } },
        """ + PlanText.WideLimits + "}";

    private const int Warm = 2;

    private static int Cycles => Environment.GetEnvironmentVariable("ORCA_LONG") == "1" ? 100 : 3;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cycles_OverRedis_LeaveNothing()
    {
        await using var server = await RedisServer.StartAsync();
        using var connection = await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions { ClientName = "eye", AllowAdmin = true, EndPoints = { server.Endpoint } });
        using var shop = new Workshop().Add(TestPackage.WithTest("Acme.Cycle"));
        var swarm = new HostedSwarm(shop, server);

        await CycleAsync(swarm, async () =>
        {
            var drones = swarm.Drones(3);
            await drones.StartAsync(Ct);
            var (leader, left) = await LeadAsync(swarm.Leader(Plan));
            await drones.StopAsync(Ct);
            var more = Holds(drones);
            await ((IAsyncDisposable)drones).DisposeAsync();
            Assert.Empty(await ClientsAsync(connection));
            Assert.Empty((RedisResult[])(await connection.GetDatabase().ExecuteAsync("PUBSUB", "CHANNELS", "*orca*"))!);
            return (leader, [.. left, .. more]);
        });
    }

    [Fact]
    public async Task Cycles_InMemory_LeaveNothing()
    {
        using var shop = new Workshop().Add(TestPackage.WithTest("Acme.Cycle"));
        var swarm = new HostedSwarm(shop, server: null);

        await CycleAsync(swarm, () => LeadAsync(swarm.Alone(Plan, drones: 3)));
    }

    private static async Task CycleAsync(HostedSwarm swarm, Func<Task<(OrcaRunResult Result, List<WeakReference> Left)>> cycle)
    {
        var (left, few) = (new List<WeakReference>(), default(Holdings));
        for (var number = 1; number <= Cycles; number++)
        {
            var (result, of) = await cycle();
            Assert.True(result.ExitCode == ExitCode.Passed, string.Join('\n', result.Problems));
            Assert.Equal(27, result.Report!.Totals.Started);
            left.AddRange(of);
            if (number == Warm)
            {
                few = await HoldingsAsync(left);
            }
        }

        var many = await HoldingsAsync(left);
        TestContext.Current.TestOutputHelper!.WriteLine($"After {Warm} cycles: {few}\nAfter {Cycles} cycles: {many}");
        swarm.Log.AssertClean();
        Assert.Equal(0, many.Alive);
        Assert.Equal(0, many.LoadContexts);
        Assert.InRange(many.Timers, 0, few.Timers + 3);
        Assert.InRange(many.Threads, 0, few.Threads + 12);
        Assert.InRange(many.Handles, 0, few.Handles + 6);
    }

    private static async Task<(OrcaRunResult Result, List<WeakReference> Left)> LeadAsync(IHost host)
    {
        var left = Holds(host);
        return (await host.RunOrcaAsync(Ct), left);
    }

    // A loop, a timer or a subscription that went on would hold one of these.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Holds(IHost host) =>
    [
        new(host),
        new(host.Services.GetRequiredService<ISwarmConnector>()),
        new(host.Services.GetRequiredService<MemberLoops>()),
        .. host.Services.GetServices<IHostedService>().Select(service => new WeakReference(service)),
    ];

    // What goes on for a moment, such as a socket's last callback, is given its time.
    private static async Task<Holdings> HoldingsAsync(List<WeakReference> left)
    {
        Holdings held;
        var tries = 0;
        do
        {
            await Task.Delay(100, Ct);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            held = new(
                left.Count(reference => reference.IsAlive),
                AssemblyLoadContext.All.Count(context => context.GetType().Name == "PackageLoadContext"),
                Timer.ActiveCount,
                Environment.ProcessId is var id && Directory.Exists($"/proc/{id}/task") ? Directory.GetDirectories($"/proc/{id}/task").Length : 0,
                Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Count(entry => !IsAssembly(entry)) : 0);
        }
        while ((held.Alive > 0 || held.LoadContexts > 0) && ++tries < 100);

        return held;
    }

    // The process's own assemblies are opened when something first needs them, and stay. (Those of packages: see the load contexts.)
    private static bool IsAssembly(string handle) => new FileInfo(handle).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) == true;

    private static async Task<string[]> ClientsAsync(IConnectionMultiplexer connection)
    {
        while (true)
        {
            var clients = ((string)(await connection.GetDatabase().ExecuteAsync("CLIENT", "LIST"))!).Split('\n').Where(line => line.Contains(" name=orca-", StringComparison.Ordinal)).ToArray();
            if (clients.Length == 0 || Ct.IsCancellationRequested)
            {
                return clients;
            }

            // A connection that is closed is still listed until the server has noticed.
            await Task.Delay(50, Ct);
        }
    }

    private readonly record struct Holdings(int Alive, int LoadContexts, long Timers, int Threads, int Handles);
}
