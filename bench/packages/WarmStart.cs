using System.Diagnostics;
using Orca.Bench;
using Orca.Packages;
using Orca.Plans;
using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>A process that resolves, installs and runs what is cached, twice: how long after its start, and after the second run was given to it, the target has the first request.</summary>
internal static class WarmStart
{
    private const string Again = "again";

    /// <summary>Starts one, with a target of its own.</summary>
    public static async Task<string> MeasureAsync(string folder)
    {
        await using var target = new FirstRequest();
        target.Expect();
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["warm", folder, target.Url.ToString()]) { RedirectStandardOutput = true })!;
        var (first, said) = (TimeSpan.Zero, new List<string>());
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == Again)
            {
                first = target.After;
                target.Expect();
            }
            else
            {
                said.Add(line);
            }
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? $"{first.TotalSeconds:0.00} s ({string.Join("; ", said)}); in the same process once more: {target.After.TotalSeconds:0.00} s"
            : throw new InvalidOperationException(string.Join('\n', said));
    }

    public static async Task<int> RunAsync(string folder, string target)
    {
        var options = new PackageOptions { ConfigurationRoot = folder, CacheFolder = Path.Combine(folder, "cache") };
        var pinned = Workshop.Good(await new PackageResolver(options, TimeProvider.System).ResolveAsync(new PackageRequest("Bench.Tests", "1.0.0"), default));
        using var self = Process.GetCurrentProcess();
        Console.WriteLine($"{(TimeProvider.System.GetUtcNow() - self.StartTime.ToUniversalTime()).TotalSeconds:0.00} s to the lock");
        for (var run = 0; run < 2; run++)
        {
            if (run > 0)
            {
                Console.WriteLine(Again);
            }

            var (finished, problem) = await Bench.RunAsync(Bench.Workers(inProcess: false, options), pinned, Bench.Plan("Bench.Tests", """{ "users": 1, "for": "100ms" }""", target: target));
            if (problem is not null || finished == 0)
            {
                Console.WriteLine(problem?.ToString() ?? "nothing finished");
                return 1;
            }
        }

        return 0;
    }
}
