using System.Diagnostics;
using Orca.Packages;
using Orca.Plans;
using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>A process that resolves, installs and runs what is cached, and tells how long after its own start the first iteration had ended.</summary>
internal static class WarmStart
{
    public static async Task<int> RunAsync(string folder)
    {
        var options = new PackageOptions { ConfigurationRoot = folder, CacheFolder = Path.Combine(folder, "cache") };
        var pinned = Workshop.Good(await new PackageResolver(options, TimeProvider.System).ResolveAsync(new PackageRequest("Bench.Tests", "1.0.0"), default));
        var resolved = Since();
        var (finished, problem) = await Bench.RunAsync(Bench.Workers(inProcess: false, options), pinned, Bench.Plan("Bench.Tests", """{ "users": 1, "for": "100ms" }"""));
        Console.WriteLine($"{Since():0.00} s ({resolved:0.00} s to the lock; {finished} iterations) {problem}");
        return 0;
    }

    private static double Since()
    {
        using var self = Process.GetCurrentProcess();
        return (TimeProvider.System.GetUtcNow() - self.StartTime.ToUniversalTime()).TotalSeconds;
    }
}
