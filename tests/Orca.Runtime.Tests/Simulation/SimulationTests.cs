using System.Globalization;
using Orca.TestKit;

namespace Orca.Tests.Simulation;

/// <summary>The protocol against an adversary, seed after seed. A failing seed prints its trace and runs alone with ORCA_SEED; see README.md.</summary>
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

    [Theory]
    [InlineData(Mutation.NoRightToLoad)]
    [InlineData(Mutation.SequenceNotCompared)]
    [InlineData(Mutation.SlotsByCount)]
    [InlineData(Mutation.ClaimsIgnored)]
    [InlineData(Mutation.SharesTakenAtOnce)]
    [InlineData(Mutation.SilenceNotCompared)]
    public void Seeds_OfAMutatedProtocol_CatchIt(Mutation mutation)
    {
        LongTest.Require();

        Assert.Contains(Enumerable.Range(1, 1_000), seed => new SimulatedRun(seed, mutation).Run().Violations.Count > 0);
    }

    // ORCA_SEED is one seed or a range, such as 17 or 1-500; ORCA_MUTATION a fault to look for; ORCA_TRACE=1 prints every trace.
    private static void RunSeeds(int first, int count)
    {
        if (Environment.GetEnvironmentVariable("ORCA_SEED") is { Length: > 0 } asked)
        {
            var range = asked.Split('-');
            first = int.Parse(range[0], CultureInfo.InvariantCulture);
            count = int.Parse(range[^1], CultureInfo.InvariantCulture) - first + 1;
        }

        var mutation = Enum.TryParse<Mutation>(Environment.GetEnvironmentVariable("ORCA_MUTATION"), out var named) ? named : Mutation.None;
        var isTraced = Environment.GetEnvironmentVariable("ORCA_TRACE") == "1";
        var failures = new SortedDictionary<int, string>();
        Parallel.For(first, first + count, seed =>
        {
            var (violations, trace) = new SimulatedRun(seed, mutation).Run();
            if (isTraced)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(trace);
            }

            if (violations.Count > 0)
            {
                lock (failures)
                {
                    failures.Add(seed, $"seed {seed}: {string.Join("\n  ", violations)}{(failures.Count == 0 ? "\n" + trace : "")}");
                }
            }
        });
        Assert.True(failures.Count == 0, $"{failures.Count} seeds failed: {string.Join(", ", failures.Keys)}\n{string.Join("\n", failures.Values.Take(20))}");
    }
}
