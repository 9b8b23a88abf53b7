using System.Reflection;
using Orca.Isolation;
using Orca.Packages;
using Orca.Plans;
using Orca.TestKit;

namespace Orca.Tests.Isolation;

/// <summary>A package made by <c>dotnet pack</c>, whose closure comes from this machine's feeds.</summary>
public sealed class PackedPackageTests : IDisposable
{
    private static readonly string Feed = typeof(PackedPackageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "TestPackageFeed").Value!;

    private readonly Workshop _shop = new();
    private readonly LogCapture _log = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Package_WithARealClosure_IsResolvedInstalledLoadedAndRun()
    {
        File.Delete(Path.Combine(_shop.Folder, "nuget.config"));
        var leader = _shop.Options with { ExtraFeeds = [Feed] };
        var resolved = await _shop.TryResolveAsync("Orca.TestPackages.Appointments", "1.0.0", leader);
        if (resolved.Problems is [var unreachable, ..] && unreachable.What.Contains("cannot be reached", StringComparison.Ordinal) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip($"This machine's feed is away: {unreachable}");
        }

        var pinned = Workshop.Good(resolved);
        var installed = await _shop.InstallAsync(Workshop.Good(PackageLockJson.Read(PackageLockJson.Write(pinned))), leader with { CacheFolder = Path.Combine(_shop.Folder, "drone") });
        var contents = Workshop.Good(TestPackageContents.Read(installed));
        await using var package = Workshop.Good(LoadedTestPackage.Load(installed));
        var scenario = new Scenario { Name = "book", Test = "book", Load = [], MaxUsers = 1 };
        await using var test = Workshop.Good(package.Construct(scenario, new RunPlan { Name = "p", Scenarios = [scenario] }, new Dictionary<string, string>(), TimeProvider.System, _log));
        await test.Test.RunAsync(null!, TestContext.Current.CancellationToken);

        Assert.Equal(["Orca.TestPackages.Appointments", "NodaTime", "NodaTime.Serialization.SystemTextJson"], pinned.Packages.Select(p => p.Id));
        Assert.Contains("\"appointments\"", contents.PlanJson);
        Assert.Equal("book", Assert.Single(contents.Tests).Name);
        Assert.Equal("Booked \"2026-01-02T03:04:00Z\" for Lovelace, Ada", Assert.Single(_log.Lines));
    }
}
