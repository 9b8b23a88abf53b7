using Orca.Packages;
using Orca.TestKit;

namespace Orca.Tests.Packages;

public sealed class PackageInstallerTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task InstallAsync_Cached_NeedsNoFeed()
    {
        var pinned = await ResolveAsync();
        Directory.Delete(_shop.Feed, recursive: true);

        var installed = await _shop.InstallAsync(pinned);

        Assert.Equal(Path.Combine(_shop.Cache, "acme.tests", "1.0.0"), installed.Folder);
        Assert.Equal(["Acme.Tests.dll", "Lib.dll"], installed.Assets.Select(asset => Path.GetFileName(asset.File)));
        Assert.All(installed.Assets, asset => Assert.True(File.Exists(asset.File)));
    }

    [Fact]
    public async Task InstallAsync_OwnCache_InstallsFromOwnFeedAndLeavesNoStaging()
    {
        var pinned = await ResolveAsync();
        var drone = _shop.Drone("drone");

        var installed = await _shop.InstallAsync(pinned, drone);

        Assert.StartsWith(drone.CacheFolder, installed.Folder);
        Assert.False(Directory.Exists(Path.Combine(drone.CacheFolder, StagingFolder.Parent)));
    }

    [Fact]
    public async Task InstallAsync_OtherBytesOnTheFeed_AreRefusedAndNotInstalled()
    {
        var pinned = await ResolveAsync();
        var other = Path.Combine(_shop.Folder, "other");
        TestPackage.WithTest("Acme.Tests", body: TestCompiler.Run + "int _changed;").Depends("Lib", "1.0.0").WriteTo(other);
        TestPackage.Library("Lib").WriteTo(other);
        var drone = _shop.Drone("drone", other);

        var problem = Workshop.OnlyProblem(await _shop.TryInstallAsync(pinned, drone));

        Assert.Contains($"Feed '{other}' serves other bytes for Acme.Tests 1.0.0", problem.What);
        Assert.False(Directory.Exists(Path.Combine(drone.CacheFolder, "acme.tests")));
    }

    [Fact]
    public async Task InstallAsync_NotOnAnyFeed_SaysSo()
    {
        var pinned = await ResolveAsync();
        var empty = Directory.CreateDirectory(Path.Combine(_shop.Folder, "empty")).FullName;

        Assert.False((await _shop.TryInstallAsync(pinned, _shop.Drone("drone", empty))).TryGet(out _, out var problems));

        Assert.Equal(2, problems.Length);
        Assert.Contains("Acme.Tests 1.0.0, which is pinned, is on none of the feeds here", problems[0].What);
    }

    [Fact]
    public async Task InstallAsync_DamagedFile_IsRepairedFromTheCachedPackage()
    {
        var pinned = await ResolveAsync();
        var file = (await _shop.InstallAsync(pinned)).Assets[0].File;
        await File.AppendAllTextAsync(file, "damage", TestContext.Current.CancellationToken);
        foreach (var nupkg in Directory.GetFiles(_shop.Feed))
        {
            File.Delete(nupkg);
        }

        var installed = await _shop.InstallAsync(pinned);

        Assert.Equal(installed.Assets[0].Asset.Sha512, FileHash.TryOf(file));
    }

    [Fact]
    public async Task InstallAsync_DamagedEntry_IsFetchedAgainOrRefused()
    {
        var pinned = await ResolveAsync();
        var folder = (await _shop.InstallAsync(pinned)).Folder;
        Damage();
        await _shop.InstallAsync(pinned);
        Damage();
        Directory.Delete(_shop.Feed, recursive: true);
        Directory.CreateDirectory(_shop.Feed);

        Assert.Contains("is on none of the feeds here", Workshop.OnlyProblem(await _shop.TryInstallAsync(pinned)).What);

        void Damage()
        {
            foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            {
                File.WriteAllText(file, "damage");
            }
        }
    }

    [Fact]
    public async Task InstallAsync_ManyAtOnceIntoOneCache_AllSucceed()
    {
        var pinned = await ResolveAsync();
        var drone = _shop.Drone("drone");

        var installed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _shop.TryInstallAsync(pinned, drone))));

        Assert.All(installed, outcome => Workshop.Good(outcome));
        Assert.False(Directory.Exists(Path.Combine(drone.CacheFolder, StagingFolder.Parent)));
    }

    [Fact]
    public async Task InstallAsync_ManyAtOnceOverADamagedEntry_AllSucceed()
    {
        var pinned = await ResolveAsync();
        var file = (await _shop.InstallAsync(pinned)).Assets[0].File;
        Directory.Delete(_shop.Feed, recursive: true);
        Directory.CreateDirectory(_shop.Feed);
        for (var round = 0; round < 20; round++)
        {
            await File.WriteAllTextAsync(file, "damage", TestContext.Current.CancellationToken);

            var installed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _shop.TryInstallAsync(pinned))));

            Assert.All(installed, outcome => Workshop.Good(outcome));
            Assert.NotEqual("damage", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task InstallAsync_CacheFullOfWhatThisOneNeeds_ThrowsNoneOfItOut()
    {
        var pinned = await ResolveAsync();
        var small = _shop.Options with { CacheBytes = 1 };
        await _shop.InstallAsync(pinned, small);
        var lib = pinned.Packages.Single(package => package.Id == "Lib");
        new PackageCache(_shop.Cache).Touch(lib, DateTimeOffset.UtcNow.AddDays(-1));
        Directory.Delete(Path.Combine(_shop.Cache, "acme.tests"), recursive: true);

        var installed = await _shop.InstallAsync(pinned, small);

        Assert.All(installed.Assets, asset => Assert.True(File.Exists(asset.File), asset.File));
    }

    [Fact]
    public async Task InstallAsync_FilesThatThePackageDoesNotHold_AreRefused()
    {
        var pinned = await ResolveAsync();
        var root = pinned.Packages[0];
        var forged = LockHash.Seal(pinned.Root, [root with { Assets = [root.Assets[0] with { Sha512 = pinned.Packages[1].Assets[0].Sha512 }] }, pinned.Packages[1]]);

        Assert.Contains("does not hold the files that the lock pins", Workshop.OnlyProblem(await _shop.TryInstallAsync(forged, _shop.Drone("drone"))).What);
    }

    [Fact]
    public async Task InstallAsync_LockWithFilesOfManyRuntimes_TakesItsOwn()
    {
        _shop.Add(
            TestPackage.WithTest("Acme.Tests").Depends("Nat", "1.0.0").Depends("Nat.Only.Elsewhere", "1.0.0"),
            new TestPackage("Nat").File("runtimes/browser-wasm/native/n.a", "wasm").File($"runtimes/{FrameworkPackages.Runtime}/native/n.so", "own"),
            new TestPackage("Nat.Only.Elsewhere").File("runtimes/browser-wasm/native/e.a", "wasm"));
        var pinned = await _shop.ResolveAsync("Acme.Tests");

        var installed = await _shop.InstallAsync(pinned, _shop.Drone("drone"));

        Assert.Equal(2, pinned.Packages.Single(package => package.Id == "Nat").Assets.Length);
        Assert.Equal(["SampleLoadTest", "n"], installed.Assets.Select(asset => asset.Asset.Kind == AssetKind.Native ? "n" : "SampleLoadTest"));
        Assert.False(Directory.Exists(Path.Combine(_shop.Folder, "drone", "nat.only.elsewhere")));
    }

    [Fact]
    public async Task InstallAsync_LockThatSlipsAnotherPackageIn_IsRefused()
    {
        var pinned = await ResolveAsync();
        _shop.Add(TestPackage.Library("Evil"));
        var evil = (await _shop.ResolveAsync("Evil")).Packages[0];
        var forged = LockHash.Seal(pinned.Root, [.. pinned.Packages, evil]);

        var problem = Workshop.OnlyProblem(await _shop.TryInstallAsync(forged, _shop.Drone("drone")));

        Assert.Contains("pins Evil 1.0.0, which nothing in the closure of Acme.Tests 1.0.0 asks for", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstallAsync_LockWithAnotherVersionThanIsAskedFor_IsRefused()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests").Depends("Lib", "[1.0.0]"), TestPackage.Library("Lib"), TestPackage.Library("Lib", "6.6.6"));
        var pinned = await _shop.ResolveAsync("Acme.Tests");
        var other = (await _shop.ResolveAsync("Lib", "6.6.6")).Packages[0];

        var problem = Workshop.OnlyProblem(await _shop.TryInstallAsync(LockHash.Seal(pinned.Root, [pinned.Packages[0], other]), _shop.Drone("drone")));

        Assert.Contains("pins Lib 6.6.6, which nothing", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstallAsync_MorePackagesThanTheLimit_NamesTheRule()
    {
        var pinned = await ResolveAsync();
        var drone = _shop.Drone("drone") with { Limits = new PackageLimits { Packages = 1 } };

        Assert.Contains("limit 'Packages'", Workshop.OnlyProblem(await _shop.TryInstallAsync(pinned, drone)).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task InstallAsync_StagingOfAnInstallerThatWasKilled_IsSweptAndThatOfALivingOneIsNot(bool cached)
    {
        var pinned = await ResolveAsync();
        var drone = _shop.Drone("drone");
        if (cached)
        {
            await _shop.InstallAsync(pinned, drone);
        }

        using var living = new StagingFolder(drone.CacheFolder);
        var killed = Directory.CreateDirectory(Path.Combine(drone.CacheFolder, StagingFolder.Parent, "killed")).FullName;
        await File.WriteAllTextAsync(Path.Combine(killed, ".held"), "\0", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(killed, "1.nupkg"), "half a package", TestContext.Current.CancellationToken);
        var killedAtItsEnd = Directory.CreateDirectory(Path.Combine(drone.CacheFolder, StagingFolder.Parent, "killed-at-its-end")).FullName;
        await File.WriteAllTextAsync(Path.Combine(killedAtItsEnd, "1.nupkg"), "half a package", TestContext.Current.CancellationToken);
        var beingMade = Directory.CreateDirectory(Path.Combine(drone.CacheFolder, StagingFolder.Parent, "being-made")).FullName;
        await File.WriteAllTextAsync(Path.Combine(beingMade, ".held"), "", TestContext.Current.CancellationToken);

        await _shop.InstallAsync(pinned, drone);

        Assert.Equivalent(new[] { living.Folder, beingMade }, Directory.GetDirectories(Path.Combine(drone.CacheFolder, StagingFolder.Parent)), strict: true);
    }

    [Fact]
    public async Task StagingFolder_ManyMadeAndRemovedAtOnce_EachStaysUntilItsOwnEnd()
    {
        var cache = _shop.Drone("drone").CacheFolder;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                using var staging = new StagingFolder(cache);
                File.WriteAllText(staging.NewPath(), "mine");
                Assert.Single(Directory.GetFiles(staging.Folder, "1"));
            }
        })));

        Assert.False(Directory.Exists(Path.Combine(cache, StagingFolder.Parent)));
    }

    [Fact]
    public async Task InstallAsync_LockThatWasTamperedWith_IsRefused()
    {
        var pinned = await ResolveAsync();

        Assert.Contains("its hash does not match", Workshop.OnlyProblem(await _shop.TryInstallAsync(pinned with { Packages = [pinned.Packages[0]] })).What);
    }

    private async Task<PackageLock> ResolveAsync()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests").Depends("Lib", "1.0.0"), TestPackage.Library("Lib"));
        return await _shop.ResolveAsync("Acme.Tests");
    }
}
