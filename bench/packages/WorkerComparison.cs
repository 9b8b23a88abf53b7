using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>The same empty iterations, as fast as they go, in the drone's process and in a child of it.</summary>
internal static class WorkerComparison
{
    private const int Rounds = 5;
    private const int Seconds = 3;

    public static async Task<int> RunAsync()
    {
        using var shop = new Workshop();
        shop.Add(TestPackage.WithTest("Bench.Tests"));
        var pinned = await shop.ResolveAsync("Bench.Tests");
        var plan = Bench.Plan("Bench.Tests", $$"""{ "users": 64, "for": "{{Seconds}}s" }""");
        List<double> ratios = [];
        for (var round = 1; round <= Rounds; round++)
        {
            var (inside, _) = await Bench.RunAsync(Bench.Workers(inProcess: true, shop.Options), pinned, plan);
            var (child, problem) = await Bench.RunAsync(Bench.Workers(inProcess: false, shop.Options), pinned, plan);
            ratios.Add((double)child / inside);
            Console.WriteLine($"round {round}: in process {inside / Seconds:N0}/s, child {child / Seconds:N0}/s, ratio {ratios[^1]:0.00} {problem}");
        }

        Console.WriteLine($"median ratio {ratios.Order().ElementAt(Rounds / 2):0.00}");
        return 0;
    }
}
