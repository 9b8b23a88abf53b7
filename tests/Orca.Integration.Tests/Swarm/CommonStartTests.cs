using System.Diagnostics;
using System.Globalization;
using Orca.TestKit;
using Orca.TestKit.Servers;

namespace Orca.Tests.Swarm;

/// <summary>Processes whose wall clocks are minutes apart begin together, by the server's clock. The figures stand in docs/reliability.md.</summary>
public sealed class CommonStartTests
{
    private const int Rounds = 10;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_OnThreeProcesses_IsOneInstant(bool wallClocksDiffer)
    {
        LongTest.Require();
        var library = wallClocksDiffer ? Installed.FakeTime() : null;
        await using var swarm = await ProcessSwarm.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(swarm.Shop.Folder, "starts")).FullName;
        swarm.Shop.Add(TestPackage.WithTest("Acme.Bell", body: $$"""
            private static int _rung;
            public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
            {
                var now = System.Diagnostics.Stopwatch.GetTimestamp();
                if (Interlocked.Exchange(ref _rung, 1) == 0)
                {
                    System.IO.File.WriteAllText(System.IO.Path.Combine("{{folder}}", Environment.ProcessId.ToString()), now + " " + DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
                }
                await Task.Delay(100, ct);
            }
            """));
        var plan = Path.Combine(swarm.Shop.Folder, "bell.json");
        await File.WriteAllTextAsync(plan, """
            {
              "quorum": 3,
              "scenarios": { "ring": { "test": "sample", "load": [ { "users": 30, "for": "500ms" } ] } },
              "limits": { "lateness": "30s", "notStarted": 1, "delivered": 0 }, "grace": "5s"
            }
            """, Ct);
        (string, string)[] Clock(string shift) =>
            [("Orca:Package", "Acme.Bell"), ("Orca:Plan", plan), ("Orca:AllowedPackages:0", "*"), .. library is null ? [] : ((string, string)[])[("LD_PRELOAD", library), ("FAKETIME", shift), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("Orca:PassedVariables:0", "FAKETIME*")]];
        HostProcess[] drones = [swarm.Drone("north", null, Clock("+7m")), swarm.Drone("south", null, Clock("-3m")), swarm.Drone("west", null, Clock("+0"))];
        var spreads = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            var leader = swarm.Leader(null, [.. Clock("+2m"), ("Orca:RunId", $"run-{round}")]);
            Assert.True(await leader.ExitAsync(Ct) == ExitCode.Passed, leader.Output);

            var starts = Directory.GetFiles(folder).Select(file => File.ReadAllText(file).Split(' ').Select(long.Parse).ToArray()).ToList();
            Directory.GetFiles(folder).ToList().ForEach(File.Delete);
            Assert.Equal(3, starts.Count);
            spreads.Add(Stopwatch.GetElapsedTime(starts.Min(start => start[0]), starts.Max(start => start[0])).TotalMilliseconds);
            Assert.InRange((starts.Max(start => start[1]) - starts.Min(start => start[1])) / 60_000.0, wallClocksDiffer ? 9.5 : 0, wallClocksDiffer ? 10.5 : 0.5);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(wallClocksDiffer ? "10 min apart" : "one wall clock")}: first iterations within {string.Join(", ", spreads.Select(spread => $"{spread:0.0}"))} ms"));

        // How close is measured on a machine with time to spare; that they wait for one instant shows on any.
        Assert.All(spreads, spread => Assert.InRange(spread, 0, 1_000));
    }
}
