using System.Globalization;
using Orca.TestKit;

namespace Orca.Tests.Simulation;

/// <summary>The protocol against an adversary, seed after seed. A failing seed prints its trace and runs alone with ORCA_SEED.</summary>
public sealed class SimulationTests
{
    private const int FewSeeds = 300;
    private const int ManySeeds = 10_000;

    [Fact]
    public void Seeds_AFew_BreakNoPromise() => RunSeeds(1, FewSeeds);

    [Fact]
    public void Seeds_TenThousand_BreakNoPromise()
    {
        LongTest.Require();
        RunSeeds(FewSeeds + 1, ManySeeds);
    }

    private static void RunSeeds(int first, int count)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("ORCA_SEED"), CultureInfo.InvariantCulture, out var alone))
        {
            (first, count) = (alone, 1);
        }

        var failures = new List<string>();
        Parallel.For(first, first + count, (seed, state) =>
        {
            var (violations, trace) = new SimulatedRun(seed).Run();
            if (violations.Count > 0)
            {
                lock (failures)
                {
                    failures.Add($"seed {seed}: {string.Join("\n  ", violations)}\n{trace}");
                }

                state.Stop();
            }
        });
        Assert.True(failures.Count == 0, failures.FirstOrDefault());
    }
}
