using System.Diagnostics;
using Orca.Bench;
using Orca.Packages;
using Orca.Plans;
using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>A process that resolves, installs and runs what is cached, and how long after its start the target has the first request.</summary>
internal static class WarmStart
{
    /// <summary>Starts one, with a target of its own.</summary>
    public static async Task<string> MeasureAsync(string folder)
    {
        await using var target = new FirstRequest();
        target.Expect();
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["warm", folder, target.Url.ToString()]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? $"{target.After.TotalSeconds:0.00} s ({output.Trim()})"
            : throw new InvalidOperationException(output);
    }

    public static async Task<int> RunAsync(string folder, string target)
    {
        var options = new PackageOptions { ConfigurationRoot = folder, CacheFolder = Path.Combine(folder, "cache") };
        var pinned = Workshop.Good(await new PackageResolver(options, TimeProvider.System).ResolveAsync(new PackageRequest("Bench.Tests", "1.0.0"), default));
        using var self = Process.GetCurrentProcess();
        var resolved = (TimeProvider.System.GetUtcNow() - self.StartTime.ToUniversalTime()).TotalSeconds;
        var (finished, problem) = await Bench.RunAsync(Bench.Workers(inProcess: false, options), pinned, Bench.Plan("Bench.Tests", """{ "users": 1, "for": "100ms" }""", target: target));
        Console.WriteLine(problem is null ? $"{resolved:0.00} s to the lock; {finished} requests in 0.1 s" : problem.ToString());
        return problem is null && finished > 0 ? 0 : 1;
    }
}
