using Orca.Packages;
using Orca.Plans;
using Xunit;

namespace Orca.TestKit;

/// <summary>A folder of one test's own, with a feed, a cache and a nuget.config that names nothing else.</summary>
internal sealed class Workshop : IDisposable
{
    public Workshop()
    {
        Folder = Directory.CreateTempSubdirectory("orca-packages-").FullName;
        Feed = Path.Combine(Folder, "feed");
        Cache = Path.Combine(Folder, "cache");
        Directory.CreateDirectory(Feed);
        Configure();
    }

    public string Folder { get; }

    public string Feed { get; }

    public string Cache { get; }

    /// <summary>Whether packages come from the feeds that this machine is configured with, too.</summary>
    public bool UsesMachineFeeds { get; init; }

    public PackageOptions Options => new() { ConfigurationRoot = UsesMachineFeeds ? Repository.Root : Folder, ExtraFeeds = [Feed], CacheFolder = Cache };

    public void Configure(string sources = "", string rest = "") =>
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"<configuration><packageSources><clear />{sources}</packageSources>{rest}</configuration>");

    public Workshop Add(params ReadOnlySpan<TestPackage> packages)
    {
        foreach (var package in packages)
        {
            package.WriteTo(Feed);
        }

        return this;
    }

    public Task<Outcome<PackageLock>> TryResolveAsync(string id, string? range = null, PackageOptions? options = null) =>
        new PackageResolver(options ?? Options, TimeProvider.System).ResolveAsync(new PackageRequest(id, range), TestContext.Current.CancellationToken);

    public async Task<PackageLock> ResolveAsync(string id, string? range = null, PackageOptions? options = null) =>
        Good(await TryResolveAsync(id, range, options));

    public async Task<Problem> ProblemOfResolvingAsync(string id, string? range = null, PackageOptions? options = null) =>
        OnlyProblem(await TryResolveAsync(id, range, options));

    public Task<Outcome<InstalledPackage>> TryInstallAsync(PackageLock pinned, PackageOptions? options = null) =>
        new PackageInstaller(options ?? Options).InstallAsync(pinned, TestContext.Current.CancellationToken);

    public async Task<InstalledPackage> InstallAsync(PackageLock pinned, PackageOptions? options = null) => Good(await TryInstallAsync(pinned, options));

    public async Task<InstalledPackage> InstallAsync(params TestPackage[] packages)
    {
        Add(packages);
        return await InstallAsync(await ResolveAsync(packages[0].Id));
    }

    /// <summary>A drone's options: another cache, the same feed unless told.</summary>
    public PackageOptions Drone(string name, string? feed = null) =>
        Options with { CacheFolder = Path.Combine(Folder, name), ExtraFeeds = [feed ?? Feed] };

    public static T Good<T>(Outcome<T> outcome)
        where T : class
    {
        Assert.True(outcome.TryGet(out var value, out var problems), string.Join("\n", problems));
        return value!;
    }

    public static Problem OnlyProblem<T>(Outcome<T> outcome)
        where T : class
    {
        Assert.False(outcome.TryGet(out _, out var problems), "A problem was expected.");
        return Assert.Single(problems);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
