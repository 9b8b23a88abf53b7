using Orca.Packages;
using Orca.TestKit;

namespace Orca.Tests.Packages;

/// <summary>A cache on a disk that is too small: one clear problem, nothing half-done is left, and all is well once there is room.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Megabyte = 1 << 20;
    private readonly Workshop _shop = new();
    private readonly string _disk;

    public FullDiskTests() => _disk = Path.Combine(_shop.Folder, "disk");

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InstallAsync_DiskIsFull_NamesTheFolderAndWorksOnceThereIsRoom(bool fromWeb)
    {
        _shop.Add(Big(), TestPackage.Library("Lib"), TestPackage.WithTest("Small.Tests"));
        var (big, small) = (await _shop.ResolveAsync("Big.Tests"), await _shop.ResolveAsync("Small.Tests"));
        await using var server = new FeedServer(_shop.Feed);
        using var disk = MountedDisk.At(_disk, megabytes: 2);
        var drone = _shop.Drone("disk/cache");
        if (fromWeb)
        {
            _shop.Configure(server.AsSource());
            drone = drone with { ExtraFeeds = [] };
        }

        var problem = Workshop.OnlyProblem(await _shop.TryInstallAsync(big, drone));

        AssertTells(problem, drone.CacheFolder);
        AssertNothingHalfDone(drone.CacheFolder, big);
        await _shop.InstallAsync(small, drone);
        Directory.Delete(_shop.Cache, recursive: true);
        disk.Resize(megabytes: 32);
        await _shop.InstallAsync(big, drone);
    }

    [Fact]
    public async Task InstallAsync_NotEvenAByteIsLeft_NamesTheFolderAndKeepsWhatIsCached()
    {
        _shop.Add(TestPackage.WithTest("Small.Tests"), TestPackage.WithTest("Other.Tests"));
        var (small, other) = (await _shop.ResolveAsync("Small.Tests"), await _shop.ResolveAsync("Other.Tests"));
        using var disk = MountedDisk.At(_disk, megabytes: 2);
        var drone = _shop.Drone("disk/cache");
        await _shop.InstallAsync(small, drone);
        disk.FillUpTo(0);

        var problem = Workshop.OnlyProblem(await _shop.TryInstallAsync(other, drone));

        AssertTells(problem, drone.CacheFolder);
        AssertNothingHalfDone(drone.CacheFolder, other);
        Directory.Delete(_shop.Feed, recursive: true);
        Directory.CreateDirectory(_shop.Feed);
        await _shop.InstallAsync(small, drone);
    }

    [Fact]
    public async Task ResolveAsync_DiskIsFull_NamesTheFolderAndWorksOnceThereIsRoom()
    {
        _shop.Add(Big(), TestPackage.Library("Lib"));
        using var disk = MountedDisk.At(_disk, megabytes: 2);
        var leader = _shop.Drone("disk/cache");

        var problem = await _shop.ProblemOfResolvingAsync("Big.Tests", null, leader);

        AssertTells(problem, leader.CacheFolder);
        Assert.False(Directory.Exists(Path.Combine(leader.CacheFolder, StagingFolder.Parent)));
        disk.Resize(megabytes: 32);
        await _shop.ResolveAsync("Big.Tests", null, leader);
    }

    private static void AssertTells(Problem problem, string folder)
    {
        Assert.Contains($"'{folder}' failed, because its disk is full", problem.What, StringComparison.Ordinal);
        Assert.Contains("Make room on that disk, or set another folder", problem.Advice, StringComparison.Ordinal);
    }

    private static void AssertNothingHalfDone(string folder, PackageLock pinned)
    {
        Assert.False(Directory.Exists(Path.Combine(folder, StagingFolder.Parent)));
        var cache = new PackageCache(folder);
        Assert.All(pinned.Packages, package => Assert.True(!Directory.Exists(Path.Combine(folder, package.Id.ToLowerInvariant(), package.Version)) || cache.IsIntact(package, default), package.Id));
    }

    private static TestPackage Big()
    {
        var noise = new byte[3 * Megabyte];
        new Random(1).NextBytes(noise);
        return TestPackage.WithTest("Big.Tests").Depends("Lib", "1.0.0").File("lib/net10.0/noise.bin", noise);
    }
}
