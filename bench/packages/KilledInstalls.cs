using System.Diagnostics;
using Orca.Packages;
using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>Installers killed at any moment: what they leave is no half package, and the next has no trouble.</summary>
internal static class KilledInstalls
{
    private const int Rounds = 40;

    public static async Task<int> RunAsync()
    {
        using var shop = new Workshop();
        shop.Add([TestPackage.WithTest("Bench.Tests").Contract(null).Depends("Lib1", "1.0.0"), .. Enumerable.Range(1, 20).Select(i => i < 20 ? TestPackage.Library($"Lib{i}").File("big.bin", new byte[1 << 20]).Depends($"Lib{i + 1}", "1.0.0") : TestPackage.Library($"Lib{i}"))]);
        var pinned = await shop.ResolveAsync("Bench.Tests");
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "lock.json"), PackageLockJson.Write(pinned));
        var drone = shop.Drone("drone");
        var random = new Random(1);
        var (killed, found) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            using var process = Process.Start(Environment.ProcessPath!, ["kill-me", shop.Folder]);
            if (await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMilliseconds(150 + random.Next(500)), TimeProvider.System)) is { } && !process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
                killed++;
            }

            // Every entry that can be seen is whole.
            foreach (var package in pinned.Packages.Where(package => Directory.Exists(Path.Combine(drone.CacheFolder, package.Id.ToLowerInvariant(), package.Version))))
            {
                found++;
                if (!new PackageCache(drone.CacheFolder).IsIntact(package, default))
                {
                    Console.WriteLine($"round {round}: {package.Id} is half there");
                    return 1;
                }
            }

            Workshop.Good(await shop.TryInstallAsync(pinned, drone));
            var staging = Path.Combine(drone.CacheFolder, StagingFolder.Parent);
            if (Directory.Exists(staging) && Directory.EnumerateFiles(staging, "*", SearchOption.AllDirectories).Any())
            {
                Console.WriteLine($"round {round}: staging was left: {string.Join(", ", Directory.EnumerateFiles(staging, "*", SearchOption.AllDirectories).Take(3))}");
                return 1;
            }

            Directory.Delete(drone.CacheFolder, recursive: true);
        }

        Console.WriteLine($"{killed} of {Rounds} installers were killed; {found} packages were found, each whole; the next install succeeded each time and left no staging");
        return 0;
    }

    public static async Task<int> InstallAsync(string folder)
    {
        var pinned = Workshop.Good(PackageLockJson.Read(await File.ReadAllTextAsync(Path.Combine(folder, "lock.json"))));
        var options = new PackageOptions { ConfigurationRoot = folder, ExtraFeeds = [Path.Combine(folder, "feed")], CacheFolder = Path.Combine(folder, "drone") };
        return (await new PackageInstaller(options).InstallAsync(pinned, default)).TryGet(out _, out _) ? 0 : 1;
    }
}
