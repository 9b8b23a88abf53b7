using Orca.Packages;
using Orca.Runs;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>A plan with a lock file beside it runs the bytes that it pins.</summary>
public sealed class LockFileTests : IDisposable
{
    private readonly Workshop _shop = new();

    private string Plan => Path.Combine(_shop.Folder, "orca.json");

    private string LockFile => Path.Combine(_shop.Folder, "orca.lock.json");

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task PrepareAsync_LockFileBesideThePlan_PinsWhatItSaysWhateverTheFeedHas()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests").Depends("Lib", "1.*"), TestPackage.Library("Lib"));
        WritePlan("1.*");
        var first = Workshop.Good(await PrepareAsync(writesLock: true)).Lock;
        _shop.Add(TestPackage.WithTest("Acme.Tests", "1.1.0"), TestPackage.Library("Lib", "1.5.0"));

        var kept = Workshop.Good(await PrepareAsync()).Lock;
        var renewed = Workshop.Good(await PrepareAsync(writesLock: true)).Lock;

        Assert.Equal((first.Hash, "1.0.0"), (kept.Hash, kept.Root.Version));
        Assert.Equal("1.1.0", renewed.Root.Version);
        Assert.Equal(renewed.Hash, Workshop.Good(PackageLockFile.Read(LockFile)).Hash);
    }

    [Fact]
    public async Task PrepareAsync_LockFileOfAnotherVersion_IsRefusedNamingBoth()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests"), TestPackage.WithTest("Acme.Tests", "2.0.0"));
        WritePlan("1.*");
        Workshop.Good(await PrepareAsync(writesLock: true));
        WritePlan("2.*");

        var problem = Workshop.OnlyProblem(await PrepareAsync()).ToString();

        Assert.Contains("pins Acme.Tests 1.0.0, but the plan asks for Acme.Tests@2.*", problem, StringComparison.Ordinal);
        Assert.Contains(LockFile, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrepareAsync_LockFileThatWasEdited_IsRefused()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests"));
        WritePlan("1.*");
        Workshop.Good(await PrepareAsync(writesLock: true));
        await File.WriteAllTextAsync(LockFile, (await File.ReadAllTextAsync(LockFile, TestContext.Current.CancellationToken)).Replace("SampleLoadTest", "x", StringComparison.Ordinal).Replace("\"1.0.0\"", "\"1.0.1\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Contains("its hash does not match", Workshop.OnlyProblem(await PrepareAsync()).What, StringComparison.Ordinal);
    }

    private void WritePlan(string range) => File.WriteAllText(
        Plan, $$"""{ "package": "Acme.Tests@{{range}}", "scenarios": { "go": { "test": "sample", "load": [ { "users": 1, "for": "1s" } ] } } }""");

    private Task<Outcome<PreparedRun>> PrepareAsync(bool writesLock = false) =>
        new RunPreparation(new PackageResolver(_shop.Options, TimeProvider.System), new PackageInstaller(_shop.Options), () => 1)
            .PrepareAsync(new RunRequest { PlanFile = Plan, WritesLock = writesLock }, TestContext.Current.CancellationToken);
}
