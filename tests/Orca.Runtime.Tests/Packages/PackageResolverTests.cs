using Orca.Packages;
using Orca.TestKit;

namespace Orca.Tests.Packages;

public sealed class PackageResolverTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData(null, "1.2.0")]
    [InlineData("1.0.0", "1.0.0")]
    [InlineData("1.*", "1.2.0")]
    [InlineData("1.0.*", "1.0.5")]
    [InlineData("2.0.0-*", "2.0.0-beta.2")]
    [InlineData("[1.0.1,2.0)", "1.0.5")]
    public async Task ResolveAsync_Range_TakesTheVersionThatNuGetTakes(string? range, string expected)
    {
        foreach (var version in (string[])["1.0.0", "1.0.5", "1.2.0", "2.0.0-beta.1", "2.0.0-beta.2"])
        {
            _shop.Add(new TestPackage("Acme.Tests", version).File("lib/net10.0/a.txt", version));
        }

        Assert.Equal(new PackageVersion("Acme.Tests", expected), (await _shop.ResolveAsync("Acme.Tests", range)).Root);
    }

    [Fact]
    public async Task ResolveAsync_OnlyPrereleases_TakesTheNewest()
    {
        _shop.Add(new TestPackage("Acme.Tests", "0.1.0-a"), new TestPackage("Acme.Tests", "0.1.0-b"));

        Assert.Equal("0.1.0-b", (await _shop.ResolveAsync("Acme.Tests")).Root.Version);
    }

    [Fact]
    public async Task ResolveAsync_Closure_NearestWinsAndOrderIsFixed()
    {
        _shop.Add(
            new TestPackage("Acme.Tests").Depends("Zed", "1.0.0").Depends("Beta", "1.0.0").Depends("Common.Lib", "2.0.0"),
            new TestPackage("Zed").Contract(null).Depends("Common.Lib", "1.0.0"),
            new TestPackage("Beta").Contract(null),
            new TestPackage("Common.Lib", "1.0.0").Contract(null),
            new TestPackage("Common.Lib", "2.0.0").Contract(null),
            new TestPackage("Common.Lib", "3.0.0").Contract(null));

        var pinned = await _shop.ResolveAsync("acme.tests");

        Assert.Equal(["Acme.Tests 1.0.0", "Beta 1.0.0", "Common.Lib 2.0.0", "Zed 1.0.0"], pinned.Packages.Select(package => $"{package.Id} {package.Version}"));
        Assert.Equal(["Beta", "Common.Lib", "Zed"], pinned.Packages[0].Dependencies.AsEnumerable());
        Assert.Equal(pinned.Hash, (await _shop.ResolveAsync("Acme.Tests", "1.0.0")).Hash);
    }

    [Fact]
    public async Task ResolveAsync_FrameworkAndSharedDependencies_AreNotFetched()
    {
        _shop.Add(new TestPackage("Acme.Tests")
            .Depends("System.Text.Json", "8.0.0")
            .Depends("Microsoft.Extensions.Logging.Abstractions", "8.0.0")
            .Depends("Microsoft.Extensions.Primitives", "9.0.0")
            .Depends("Gone", "1.0.0", exclude: "Runtime,Native,ContentFiles"),
            new TestPackage("Gone"));

        Assert.Equal("Acme.Tests", Assert.Single((await _shop.ResolveAsync("Acme.Tests")).Packages).Id);
    }

    [Fact]
    public async Task ResolveAsync_Assets_AreChosenByFrameworkRuntimeAndCulture()
    {
        _shop.Add(new TestPackage("Acme.Tests")
            .File("lib/net8.0/A.dll", "8").File("lib/net10.0/A.dll", "10").File("lib/net10.0/users.csv", "u").File("lib/net10.0/A.xml", "docs")
            .File("lib/net10.0/fr/A.resources.dll", "fr")
            .File($"runtimes/{FrameworkRuntime}/native/libn.so", "n").File("runtimes/alien-mips/native/libn.so", "m")
            .File("contentFiles/any/any/data.json", "d").File("orca.json", "{}").File("orca.ci.json", "{}").File("readme.md", "r"));

        var assets = (await _shop.ResolveAsync("Acme.Tests")).Packages[0].Assets;

        Assert.Equal(
            [
                ("contentFiles/any/any/data.json", AssetKind.Content, null),
                ("lib/net10.0/A.dll", AssetKind.Assembly, null),
                ("lib/net10.0/fr/A.resources.dll", AssetKind.Satellite, "fr"),
                ("lib/net10.0/users.csv", AssetKind.Content, null),
                ("orca.ci.json", AssetKind.Content, null),
                ("orca.json", AssetKind.Content, null),
                ($"runtimes/{FrameworkRuntime}/native/libn.so", AssetKind.Native, (string?)null),
            ],
            assets.Select(asset => (asset.Path, asset.Kind, asset.Culture)));
        Assert.Equal(Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData("10"u8)), assets[1].Sha512);
    }

    [Fact]
    public async Task ResolveAsync_RebuiltUnderTheSameVersion_PinsTheNewBytes()
    {
        _shop.Add(new TestPackage("Acme.Tests").File("lib/net10.0/a.txt", "old"));
        var old = await _shop.ResolveAsync("Acme.Tests", "1.0.0");
        _shop.Add(new TestPackage("Acme.Tests").File("lib/net10.0/a.txt", "new"));

        var renewed = await _shop.ResolveAsync("Acme.Tests", "1.0.0");

        Assert.NotEqual(old.Hash, renewed.Hash);
        await _shop.InstallAsync(renewed);
    }

    [Fact]
    public async Task ResolveAsync_OtherFrameworkOnly_IsRefused()
    {
        _shop.Add(new TestPackage("Acme.Tests").File("lib/net48/A.dll", "x"));

        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests");

        Assert.Contains("Acme.Tests 1.0.0 supports net48, not net10.0", problem.What);
    }

    [Fact]
    public async Task ResolveAsync_Downgrade_IsToldInNuGetsWords()
    {
        _shop.Add(
            new TestPackage("Acme.Tests").Depends("Lib", "1.0.0").Depends("Mid", "1.0.0"),
            new TestPackage("Mid").Depends("Lib", "2.0.0"), new TestPackage("Lib", "1.0.0"), new TestPackage("Lib", "2.0.0"));

        Assert.Contains("Detected package downgrade: Lib from 2.0.0 to 1.0.0", (await _shop.ProblemOfResolvingAsync("Acme.Tests")).What);
    }

    [Fact]
    public async Task ResolveAsync_Cycle_IsToldInNuGetsWords()
    {
        _shop.Add(new TestPackage("Acme.Tests").Depends("Lib", "1.0.0"), new TestPackage("Lib").Depends("Acme.Tests", "1.0.0"));

        Assert.Contains("Cycle detected: Acme.Tests", (await _shop.ProblemOfResolvingAsync("Acme.Tests")).What);
    }

    [Fact]
    public async Task ResolveAsync_Conflict_IsToldInNuGetsWords()
    {
        _shop.Add(
            new TestPackage("Acme.Tests").Depends("A", "1.0.0").Depends("B", "1.0.0"),
            new TestPackage("A").Depends("Lib", "[1.0.0]"), new TestPackage("B").Depends("Lib", "[2.0.0]"), new TestPackage("Lib", "1.0.0"), new TestPackage("Lib", "2.0.0"));

        Assert.Contains("Version conflict detected for Lib", (await _shop.ProblemOfResolvingAsync("Acme.Tests")).What);
    }

    [Fact]
    public async Task ResolveAsync_UnknownId_NamesTheFeedsAsked()
    {
        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests");

        Assert.Contains($"Package Acme.Tests is on none of the feeds ('{_shop.Feed}')", problem.What);
        Assert.NotNull(problem.Advice);
    }

    [Theory]
    [InlineData("1.5.0", "has no version 1.5.0")]
    [InlineData("3.*", "has no version 3.*")]
    public async Task ResolveAsync_UnknownVersion_TellsTheNearest(string range, string expected)
    {
        _shop.Add(new TestPackage("Acme.Tests", "1.0.0"), new TestPackage("Acme.Tests", "2.0.0"));

        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests", range);

        Assert.Contains(expected, problem.What);
        Assert.Contains("found 2 versions, nearest 2.0.0", problem.What);
    }

    [Fact]
    public async Task ResolveAsync_UnknownDependency_NamesWhoNeedsIt()
    {
        _shop.Add(new TestPackage("Acme.Tests").Depends("Lost", "2.0.0"));

        Assert.Contains("Package Lost, which Acme.Tests 1.0.0 needs, is on none of the feeds", (await _shop.ProblemOfResolvingAsync("Acme.Tests")).What);
    }

    [Theory]
    [InlineData("not an id!", null)]
    [InlineData("../evil", null)]
    [InlineData("Acme.Tests", "5x")]
    public async Task ResolveAsync_MalformedRequest_IsRefused(string id, string? range)
    {
        Assert.NotNull((await _shop.ProblemOfResolvingAsync(id, range)).Advice);
    }

    [Theory]
    [InlineData("1.1.0", "is built against Orca.Abstractions 1.1.0, but this Orca has 1.0.0")]
    [InlineData("2.0.0", "is built against Orca.Abstractions 2.0.0, but this Orca has 1.0.0")]
    [InlineData("0.9.0", "is built against Orca.Abstractions 0.9.0, but this Orca has 1.0.0")]
    public async Task ResolveAsync_OtherContract_IsRefusedNamingBoth(string contract, string expected)
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests").Contract(contract));

        Assert.Contains(expected, (await _shop.ProblemOfResolvingAsync("Acme.Tests")).What);
    }

    [Fact]
    public async Task ResolveAsync_NewerMajorOfASharedAssembly_IsRefused()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests").Depends("Mid", "1.0.0"), new TestPackage("Mid").Depends("Microsoft.Extensions.Primitives", "99.0.0"));

        Assert.Contains("Mid 1.0.0 needs Microsoft.Extensions.Primitives 99, but this Orca shares its own", (await _shop.ProblemOfResolvingAsync("Acme.Tests")).What);
    }

    [Fact]
    public async Task ResolveAsync_CorruptPackage_IsToldAndLeavesNothing()
    {
        var file = TestPackage.WithTest("Acme.Tests").WriteTo(_shop.Feed);
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))[..^60], TestContext.Current.CancellationToken);

        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests", "1.0.0");

        Assert.Contains("corrupt", problem.What);
        Assert.Contains("Acme.Tests", problem.What);
        Assert.Empty(FilesIn(_shop.Cache));
    }

    [Fact]
    public async Task ResolveAsync_PackageOfAnotherName_IsRefused()
    {
        new TestPackage("Acme.Tests") { NuspecId = "Other.Tests" }.WriteTo(_shop.Feed);

        Assert.False((await _shop.TryResolveAsync("Acme.Tests", "1.0.0")).TryGet(out _, out _));
        Assert.Empty(FilesIn(_shop.Cache));
    }

    [Fact]
    public async Task ResolveAsync_ZipSlip_IsRefusedAndWritesNothingOutside()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests").File("../../../../../evil.txt", "evil"));

        Assert.Contains("wants to leave its folder", (await _shop.ProblemOfResolvingAsync("Acme.Tests")).What);
        Assert.Empty(Directory.GetFiles(_shop.Folder, "evil.txt", SearchOption.AllDirectories));
        Assert.Empty(FilesIn(_shop.Cache));
    }

    [Fact]
    public async Task ResolveAsync_SourceMapping_IsHeeded()
    {
        var other = Path.Combine(_shop.Folder, "other");
        new TestPackage("Acme.Tests", "9.0.0").WriteTo(other);
        _shop.Add(new TestPackage("Acme.Tests"));
        _shop.Configure(
            $"<add key=\"mine\" value=\"{_shop.Feed}\" /><add key=\"other\" value=\"{other}\" />",
            "<packageSourceMapping><packageSource key=\"mine\"><package pattern=\"Acme.*\" /></packageSource></packageSourceMapping>");
        var options = _shop.Options with { ExtraFeeds = [] };

        Assert.Equal("1.0.0", (await _shop.ResolveAsync("Acme.Tests", null, options)).Root.Version);
        Assert.Contains("lets no feed serve it", (await _shop.ProblemOfResolvingAsync("Other.Tests", null, options)).What);
    }

    [Fact]
    public async Task ResolveAsync_RelativeSourceInAParentsConfiguration_IsFound()
    {
        _shop.Add(new TestPackage("Acme.Tests"));
        _shop.Configure("<add key=\"mine\" value=\"feed\" />");
        var below = Directory.CreateDirectory(Path.Combine(_shop.Folder, "a", "b")).FullName;

        Assert.Equal("1.0.0", (await _shop.ResolveAsync("Acme.Tests", null, _shop.Options with { ExtraFeeds = [], ConfigurationRoot = below })).Root.Version);
    }

    [Fact]
    public async Task ResolveAsync_DependencyForThisRuntimeOnly_IsTaken()
    {
        _shop.Add(
            new TestPackage("Acme.Tests").Depends("Nat", "1.0.0"),
            new TestPackage("Nat").File("runtime.json", """{"runtimes":{"THIS":{"Nat":{"Nat.This":"1.0.0"}},"alien-mips":{"Nat":{"Nat.Alien":"1.0.0"}}}}""".Replace("THIS", FrameworkRuntime, StringComparison.Ordinal)),
            new TestPackage("Nat.This"), new TestPackage("Nat.Alien"));

        Assert.Equal(["Acme.Tests", "Nat", "Nat.This"], (await _shop.ResolveAsync("Acme.Tests")).Packages.Select(package => package.Id));
    }

    [Fact]
    public async Task ResolveAsync_Cancelled_Throws()
    {
        _shop.Add(new TestPackage("Acme.Tests"));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new PackageResolver(_shop.Options, TimeProvider.System).ResolveAsync(new Orca.Plans.PackageRequest("Acme.Tests", "1.0.0"), cancelled.Token));
    }

    private static string FrameworkRuntime => FrameworkPackages.Runtime;

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
}
