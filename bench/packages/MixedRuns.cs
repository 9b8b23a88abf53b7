using System.Diagnostics;
using Orca.Packages;
using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>Runs of packages that mean well and of others that break, one after another on one drone: what it has in memory and open.</summary>
internal static class MixedRuns
{
    private static readonly string[] Traits =
        ["Plain", "StaticState", "Exit", "TimerLeftRunning", "ThrowingThread", "HeldByTheProcess", "Plain", "ThreadLeftRunning", "ThrowingConstructor", "FailFast"];

    public static async Task<int> RunAsync(int runs)
    {
        using var shop = new Workshop();
        var pinned = new Dictionary<string, PackageLock>();
        foreach (var trait in Traits.Distinct())
        {
            shop.Add(new TestPackage("Trait." + trait).Source(await File.ReadAllTextAsync(Repository.PathOf("tests", "TestPackages", "Traits", trait + ".cs"))));
            pinned.Add(trait, await shop.ResolveAsync("Trait." + trait));
        }

        var factory = Bench.Workers(inProcess: false, shop.Options);
        var (passed, broke) = (0, 0);
        var began = TimeProvider.System.GetTimestamp();
        for (var run = 1; run <= runs; run++)
        {
            var trait = Traits[run % Traits.Length];
            var (_, problem) = await Bench.RunAsync(factory, pinned[trait], Bench.Plan("Trait." + trait, """{ "rate": 50, "for": "100ms" }"""));
            (passed, broke) = problem is null ? (passed + 1, broke) : (passed, broke + 1);
            if (run == 1 || run % Math.Max(1, runs / 10) == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
                using var self = Process.GetCurrentProcess();
                var open = OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : self.HandleCount;
                Console.WriteLine($"after {run,4} runs: {passed} well, {broke} broken; heap {GC.GetTotalMemory(false) / 1e6:0.0} MB, resident {self.WorkingSet64 / 1e6:0} MB, open {open}, threads {self.Threads.Count}, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s");
            }
        }

        return 0;
    }
}
