using System.Diagnostics;
using System.Globalization;
using Orca.Packages;
using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>The same empty iterations, as fast as they go, in the drone's process and in a child of it; each time in a drone that has just started, for one that has run before has compiled all of it already.</summary>
internal static class WorkerComparison
{
    private const int Rounds = 7;
    private const int Seconds = 5;

    public static async Task<int> RunAsync()
    {
        using var shop = new Workshop();
        shop.Add(TestPackage.WithTest("Bench.Tests"));
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "lock.json"), PackageLockJson.Write(await shop.ResolveAsync("Bench.Tests")));
        List<double> ratios = [];
        for (var round = 1; round <= Rounds; round++)
        {
            // By turns, and who begins changes: a machine that slows down must not favour one.
            var first = await DroneAsync(inProcess: round % 2 == 1, shop.Folder);
            var second = await DroneAsync(inProcess: round % 2 == 0, shop.Folder);
            var (inside, child) = round % 2 == 1 ? (first, second) : (second, first);
            ratios.Add((double)child / inside);
            Console.WriteLine($"round {round}: in process {inside / Seconds:N0}/s, child {child / Seconds:N0}/s, ratio {ratios[^1]:0.00}");
        }

        Console.WriteLine($"median ratio {ratios.Order().ElementAt(Rounds / 2):0.00}");
        return 0;
    }

    /// <summary>A drone that runs it once and tells how many iterations finished.</summary>
    public static async Task<int> DroneAsync(string where, string folder)
    {
        var pinned = Workshop.Good(PackageLockJson.Read(await File.ReadAllTextAsync(Path.Combine(folder, "lock.json"))));
        var options = new PackageOptions { ConfigurationRoot = folder, CacheFolder = Path.Combine(folder, "cache") };
        var plan = Bench.Plan("Bench.Tests", $$"""{ "users": 64, "for": "{{Seconds}}s" }""");
        var (finished, problem) = await Bench.RunAsync(Bench.Workers(where == "inside", options), pinned, plan);
        Console.WriteLine(problem is null ? finished.ToString(CultureInfo.InvariantCulture) : problem.ToString());
        return problem is null ? 0 : 1;
    }

    private static async Task<long> DroneAsync(bool inProcess, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["drone", inProcess ? "inside" : "child", folder]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return long.TryParse(output, CultureInfo.InvariantCulture, out var finished) ? finished : throw new InvalidOperationException(output);
    }
}
