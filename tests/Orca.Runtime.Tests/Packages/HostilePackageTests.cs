using System.Security.Cryptography;
using Orca.Packages;
using Orca.TestKit;

namespace Orca.Tests.Packages;

/// <summary>Whatever a package file holds: one clear problem, nothing written outside the cache, and the next package is well.</summary>
public sealed class HostilePackageTests : IDisposable
{
    private static readonly PackageLimits Tight = new() { Files = 200, ExtractedBytes = 4 << 20, Ratio = 100, RatioFrom = 1 << 20, NuspecBytes = 1 << 20 };
    private readonly Workshop _shop = new();

    public static TheoryData<string> Kinds => [.. HostilePackage.Kinds.Keys];

    public static TheoryData<string> Refused => [.. HostilePackage.Kinds.Keys.Where(kind => kind != "size that lies")];

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task ResolveAsync_SizeThatLies_WritesNoMoreThanItSaid()
    {
        await RunAsync(HostilePackage.Kinds["size that lies"]());

        Assert.All(Directory.GetFiles(_shop.Cache, "zeros", SearchOption.AllDirectories), file => Assert.Equal(1, new FileInfo(file).Length));
        AssertNothingOutside();
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task ResolveAsync_HostilePackage_IsRefusedOnTheLeader(string kind)
    {
        var bytes = HostilePackage.Kinds[kind]();

        var outcome = await RunAsync(bytes);

        Assert.False(outcome.TryGet(out _, out var problems), $"{kind} was accepted");
        Assert.All(problems, problem => Assert.NotEqual("", problem.What));
        AssertNothingOutside();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task InstallAsync_HostilePackageOfAHostileLeader_WritesNothingOutside(string kind)
    {
        var bytes = HostilePackage.Kinds[kind]();

        var outcome = await InstallAsync(bytes);

        if (outcome.TryGet(out var installed, out _))
        {
            // What a drone cannot know is harmless on its disk; it is refused when it is looked into.
            Assert.True(TestPackageContents.Read(installed).TryGet(out _, out _) || kind.Contains("assembly", StringComparison.Ordinal), kind);
        }

        AssertNothingOutside();
        Assert.False(Directory.Exists(Path.Combine(Drone.CacheFolder, StagingFolder.Parent)));
        await AssertAGoodOneIsTakenAsync();
    }

    [Fact]
    public async Task ResolveAndInstall_PackagesWithRandomDamage_NeverThrowNorWriteOutside()
    {
        var rounds = Environment.GetEnvironmentVariable("ORCA_LONG") == "1" ? 2_000 : 60;
        var good = HostilePackage.Good();
        for (var seed = 0; seed < rounds; seed++)
        {
            var bytes = Damage(good, new Random(seed));

            var resolved = await RunAsync(bytes);
            Assert.True(resolved.TryGet(out _, out var problems) || problems.All(problem => problem.What.Length > 0), $"seed {seed}");
            await InstallAsync(bytes);
            AssertNothingOutside();
            Directory.Delete(_shop.Cache, recursive: true);
            if (Directory.Exists(Drone.CacheFolder))
            {
                Directory.Delete(Drone.CacheFolder, recursive: true);
            }
        }

        await AssertAGoodOneIsTakenAsync();
    }

    private PackageOptions Drone => _shop.Drone("drone") with { Limits = Tight };

    private async Task<Outcome<TestPackageContents>> RunAsync(byte[] bytes)
    {
        Push(bytes);
        var options = _shop.Options with { Limits = Tight };
        return (await _shop.TryResolveAsync(HostilePackage.Id, "1.0.0", options)).TryGet(out var pinned, out var problems)
            && (await _shop.TryInstallAsync(pinned, options)).TryGet(out var installed, out problems)
            ? TestPackageContents.Read(installed)
            : problems;
    }

    // A leader that means harm pins the harmful bytes rightly.
    private async Task<Outcome<InstalledPackage>> InstallAsync(byte[] bytes)
    {
        Push(bytes);
        var root = new PackageVersion(HostilePackage.Id, "1.0.0");
        var (path, image) = HostilePackage.TestAssembly;
        var asset = new LockedAsset(path, AssetKind.Assembly, Convert.ToBase64String(SHA512.HashData(image)));
        return await _shop.TryInstallAsync(LockHash.Seal(root, [new LockedPackage(root.Id, root.Version, Convert.ToBase64String(SHA512.HashData(bytes)), [], [asset])]), Drone);
    }

    private void Push(byte[] bytes) => File.WriteAllBytes(Path.Combine(_shop.Feed, $"{HostilePackage.Id}.1.0.0.nupkg"), bytes);

    private async Task AssertAGoodOneIsTakenAsync()
    {
        _shop.Add(TestPackage.WithTest("Good.Tests"));
        await _shop.InstallAsync(await _shop.ResolveAsync("Good.Tests"), Drone);
    }

    private void AssertNothingOutside()
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(_shop.Folder, "*evil*", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetTempPath(), "evil*"));
        Assert.False(File.Exists("/tmp/evil.txt"));
        Assert.Equal(
            ["cache", "drone", "feed", "nuget.config"],
            Directory.EnumerateFileSystemEntries(_shop.Folder).Select(Path.GetFileName).Union(["cache", "drone"]).Order(StringComparer.Ordinal));
    }

    private static byte[] Damage(byte[] good, Random random)
    {
        var bytes = good.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                var at = random.Next(bytes.Length - 64);
                random.NextBytes(bytes.AsSpan(at, random.Next(1, 64)));
                return bytes;
            case 2:
                // The end holds the directory, where damage tells most.
                for (var n = random.Next(1, 8); n > 0; n--)
                {
                    bytes[^random.Next(1, 300)] = (byte)random.Next(256);
                }

                return bytes;
            default:
                var from = random.Next(bytes.Length);
                return [.. bytes[..from], .. bytes[random.Next(bytes.Length)..]];
        }
    }
}
