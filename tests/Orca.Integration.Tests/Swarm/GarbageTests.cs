using System.Globalization;
using System.Text.RegularExpressions;
using Orca.Packages;
using Orca.Swarm;
using Orca.Swarm.Documents;
using Orca.TestKit;

namespace Orca.Tests.Swarm;

/// <summary>Processes that run a plan over a real server which somebody else writes to as well: it is ignored or declined, told once, and changes no figure.</summary>
public sealed partial class GarbageTests
{
    private const string Forged = "forged-1";
    private static readonly (string, string) Key = ("Orca:SwarmKey", "only the swarm's own know this");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithASwarmKey_HeedsNothingThatIsNotSealed()
    {
        LongTest.Require();
        await using var swarm = await ProcessSwarm.StartAsync(rate: 40, seconds: 18);
        using var vandal = await Vandal.ComeAsync(swarm.Server);
        HostProcess[] drones = [swarm.Drone("north", null, Key), swarm.Drone("south", null, Key), swarm.Drone("west", null, Key)];
        await IdleAsync(drones);
        var (document, entry) = ForgedRun("Orca.Samples.EchoTest");
        await vandal.AnnounceAsync(Forged, document, entry);
        await vandal.LitterAsync(Forged, most: 100_000);
        var leader = swarm.Leader(null, Key);
        await swarm.LoadForAsync(1);

        await SpoilAsync(vandal, async () =>
        {
            await vandal.AskToStopAsync(ProcessSwarm.RunId);
            await vandal.ForgeAsync(ProcessSwarm.RunId, new(999, 1), document);
        });

        await EndsExactlyAsync(swarm, leader);
        foreach (var process in (HostProcess[])[leader, .. drones])
        {
            AssertOnceAMinute(process, "Refused what this swarm's key has not sealed");
            Assert.DoesNotContain(Forged, process.Output, StringComparison.Ordinal);
            AssertToldOnce(process);
        }
    }

    [Fact]
    public async Task Run_WithoutASwarmKey_SurvivesWhatIsNoDocument()
    {
        LongTest.Require();
        await using var swarm = await ProcessSwarm.StartAsync(rate: 40, seconds: 18);
        using var vandal = await Vandal.ComeAsync(swarm.Server);
        HostProcess[] drones = [swarm.Drone("north"), swarm.Drone("south"), swarm.Drone("west")];
        await IdleAsync(drones);
        await vandal.LitterAsync(Forged, most: 100_000);
        var (document, entry) = ForgedRun("Evil.Package");
        await vandal.AnnounceAsync(Forged, document, entry);
        foreach (var drone in drones)
        {
            await drone.SeenAsync("AllowedPackages (Orca.Samples.*) does not allow Evil.Package", Ct);
            Assert.Contains("does not allow Evil.Package", await vandal.MemberAsync(Forged, drone.Name, Ct), StringComparison.Ordinal);
        }

        var leader = swarm.Leader();
        await swarm.LoadForAsync(1);

        await SpoilAsync(vandal, static () => Task.CompletedTask);

        await EndsExactlyAsync(swarm, leader);
        foreach (var process in (HostProcess[])[leader, .. drones])
        {
            AssertToldOnce(process);
        }
    }

    // All that somebody without the key can do to a run whose names he knows; and what only a key holds off.
    private static async Task SpoilAsync(Vandal vandal, Func<Task> more)
    {
        await vandal.ShoutAsync(ProcessSwarm.RunId);
        await vandal.LitterAsync(ProcessSwarm.RunId);
        await vandal.SmearAsync(ProcessSwarm.RunId);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        await vandal.TakeLargestAwayAsync(ProcessSwarm.RunId);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        await more();
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        await vandal.ReplaceAsync(ProcessSwarm.RunId);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        await vandal.ShoutAsync(ProcessSwarm.RunId);
        await vandal.LitterAsync(ProcessSwarm.RunId, most: 100_000);
    }

    private static Task IdleAsync(HostProcess[] drones) => Task.WhenAll(drones.Select(drone => drone.SeenAsync("is idle in swarm", Ct)));

    private static async Task EndsExactlyAsync(ProcessSwarm swarm, HostProcess leader)
    {
        var exitCode = await leader.ExitAsync(Ct);
        Assert.True(exitCode == ExitCode.Passed, leader.Output);
        var report = swarm.Report();
        Assert.Equal(swarm.Target.Read().Requests, report.Totals.Started);
        Assert.Equal(swarm.Planned, report.Totals.Started + report.Totals.Missed + report.Totals.Dropped);
        Assert.All(report.Drones, drone => Assert.True(drone is { Finished: true, Lost: false }));
    }

    private static void AssertOnceAMinute(HostProcess process, string text)
    {
        var told = process.Output.Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal))
            .Select(line => TimeSpan.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(told);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 59, 1_000));
    }

    // Whatever a process warns of, it says once; that the medium has forgotten, once for each time that everything was replaced.
    private static void AssertToldOnce(HostProcess process)
    {
        var warnings = process.Output.Split('\n').Where(line => Warning().IsMatch(line)).Select(line => Stamp().Replace(line, "")).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine($"{process.Name}:\n  {string.Join("\n  ", warnings)}");
        Assert.All(warnings.CountBy(line => line), line => Assert.InRange(line.Value, 1, line.Key.Contains("forgotten", StringComparison.Ordinal) ? 3 : 1));
    }

    // In order in every way, but for a seal.
    private static (ReadOnlyMemory<byte> Document, ReadOnlyMemory<byte> Entry) ForgedRun(string package)
    {
        var root = new PackageVersion(package, "1.0.0");
        return (
            SwarmJson.Write(new RunDocument
            {
                Run = Forged,
                Fencing = 1,
                Number = 1,
                Leader = "mallory",
                Phase = RunPhase.Announcing,
                Plan = $$"""{ "package": "{{package}}@1.0.0", "scenarios": { "hello": { "load": [ { "rate": 1, "for": "1s" } ] } } }""",
                Lock = new PackageLock { Root = root, Packages = [], Hash = new string('0', 64) },
            }),
            SwarmJson.Write(new RunIndexEntry { Run = Forged, Name = "forged", Leader = "mallory", Phase = RunPhase.Announcing, Changed = TimeProvider.System.GetUtcNow() }));
    }

    [GeneratedRegex(@"^[0-9:.]+ (warn|fail|crit): ")]
    private static partial Regex Warning();

    [GeneratedRegex("^[0-9:.]+ |after [0-9.]+ s|[0-9]+ times so far")]
    private static partial Regex Stamp();
}
