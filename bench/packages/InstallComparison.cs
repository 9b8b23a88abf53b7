using System.Diagnostics;
using Orca.Packages;
using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>A closure of 20 packages from a v3 feed on loopback: Orca's resolving and installing beside <c>dotnet restore</c> for the same.</summary>
internal static class InstallComparison
{
    private const int Rounds = 3;
    private const string Visit = "public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) { using var answer = await user.Http.GetAsync(\"/\", ct); }";

    public static async Task<int> RunAsync()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            using var shop = new Workshop();
            Fill(shop);
            await using var server = new FeedServer(shop.Feed);
            shop.Configure(server.AsSource());
            var options = shop.Options with { ExtraFeeds = [] };
            var cold = await TimeAsync(async () => await shop.InstallAsync(await shop.ResolveAsync("Bench.Tests", "1.0.0", options), options));
            var warm = await TimeAsync(async () => await shop.InstallAsync(await shop.ResolveAsync("Bench.Tests", "1.0.0", options), options));
            var start = await WarmStart.MeasureAsync(shop.Folder);

            var project = Directory.CreateDirectory(Path.Combine(shop.Folder, "project")).FullName;
            await File.WriteAllTextAsync(Path.Combine(project, "p.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup><ItemGroup><PackageReference Include=\"Bench.Tests\" Version=\"1.0.0\" /></ItemGroup></Project>");
            await using var other = new FeedServer(shop.Feed);
            shop.Configure(other.AsSource());
            var restoreCold = await TimeAsync(() => RestoreAsync(project, shop.Folder));
            Directory.Delete(Path.Combine(project, "obj"), recursive: true);
            var restoreWarm = await TimeAsync(() => RestoreAsync(project, shop.Folder));
            Console.WriteLine($"round {round}: cold {cold:0.00} s beside {restoreCold:0.00} s of dotnet restore; warm {warm:0.00} s beside {restoreWarm:0.00} s; from the start of a process, all cached, to the first request at the target: {start}");
        }

        return 0;
    }

    // The contract is the host's; a plain restore has no use for it.
    private static void Fill(Workshop shop)
    {
        shop.Add(Enumerable.Range(1, 18).Aggregate(
            TestPackage.WithTest("Bench.Tests", body: Visit).Contract(null).Depends("Newtonsoft.Bench", "1.0.0"), (package, i) => package.Depends($"Lib{i}", "1.0.0")));
        shop.Add([TestPackage.Library("Newtonsoft.Bench"), .. Enumerable.Range(1, 18).Select(i => i < 18 ? TestPackage.Library($"Lib{i}").Depends($"Lib{i + 1}", "1.0.0") : TestPackage.Library($"Lib{i}"))]);
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task RestoreAsync(string project, string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["restore", project, "-v", "q"]) { RedirectStandardOutput = true };
        start.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "restored");
        start.Environment["NUGET_HTTP_CACHE_PATH"] = Path.Combine(folder, "http");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(output);
        }
    }
}
