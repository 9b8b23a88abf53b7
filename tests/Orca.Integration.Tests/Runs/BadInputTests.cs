using Orca.Hosting;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>What a user gets who asks for what cannot be run: one clear error, exit code 2, nothing left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Package = "Acme.Tests";

    private readonly Workshop _shop = new Workshop().Add(TestPackage.WithTest(Package));

    public void Dispose() => _shop.Dispose();

    public static TheoryData<string, string, string[]> Plans => new()
    {
        { "{ \"name\": \"a\"\n  \"quorum\": 1 }", "", ["plan.json", "line 2", "JSON"] },
        { PlanText.Of(Package, more: "\"quorm\": 1,"), "quorm", ["plan.json", "Did you mean 'quorum'?"] },
        { PlanText.Of(Package).Replace("\"sample\"", "\"smaple\"", StringComparison.Ordinal), "scenarios.go.test", ["Acme.Tests 1.0.0 has no test 'smaple'", "sample"] },
        { PlanText.Of("Acme.Nowhere"), "", ["Package Acme.Nowhere is on none of the feeds", "Correct the id"] },
        { PlanText.Of(Package).Replace("@1.0.0", "@3.1.0", StringComparison.Ordinal), "", ["Acme.Tests", "has no version 3.1.0", "nearest 1.0.0", "Ask for Acme.Tests@1.0.0"] },
        { PlanText.Of(Package, more: "\"thresholds\": [ \"go p99 250ms\" ],"), "thresholds[0]", ["'go p99 250ms' is no threshold: at column 8", "expected <"] },
        { PlanText.Of(Package, quorum: "0"), "quorum", ["0", "from 1 to 10000"] },
        { PlanText.Of(Package).Replace("\"1s\"", "\"5x\"", StringComparison.Ordinal), "scenarios.go.load[0].for", ["'5x' is no duration", "250ms"] },
        { PlanText.Of(Package).Replace("\"maxUsers\"", "\"maxUser\"", StringComparison.Ordinal), "scenarios.go.maxUser", ["plan.json, line 4", "Did you mean 'maxUsers'?"] },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Run_BadPlan_IsOneClearErrorWithItsPlace(string plan, string where, string[] words)
    {
        var file = Path.Combine(_shop.Folder, "plan.json");
        await File.WriteAllTextAsync(file, plan, TestContext.Current.CancellationToken);

        await AssertRefusedAsync(options => options.Plan = file, [where, .. words]);
    }

    [Fact]
    public async Task Run_PlanFileThatDoesNotExist_IsOneClearError() =>
        await AssertRefusedAsync(options => options.Plan = Path.Combine(_shop.Folder, "nowhere.json"), "nowhere.json", "could not be read");

    [Fact]
    public async Task Run_FeedThatIsDown_IsOneClearError()
    {
        var address = $"http://127.0.0.1:{FeedServer.FreePort()}/{Guid.NewGuid():n}/index.json";
        _shop.Configure($"<add key=\"ours\" value=\"{address}\" allowInsecureConnections=\"true\" />");

        await AssertRefusedAsync(
            options =>
            {
                options.Feeds.Clear();
                options.Package = Package;
            },
            address,
            "from feed 'ours'",
            "cannot be reached",
            "Start the feed");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task Run_CorruptPackage_IsOneClearError(double kept)
    {
        var file = Path.Combine(_shop.Feed, "Acme.Tests.1.0.0.nupkg");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, bytes[..(int)(bytes.Length * kept)], TestContext.Current.CancellationToken);

        await AssertRefusedAsync(options => options.Package = Package, "Acme.Tests", "corrupt", "Push the package to the feed again.");
    }

    [Fact]
    public async Task Run_PackageWithoutTests_IsOneClearError()
    {
        _shop.Add(new TestPackage("Acme.Library").Source("public sealed class Nothing { }").File("orca.json", PlanText.Of("Acme.Library")));

        await AssertRefusedAsync(options => options.Package = "Acme.Library", "Acme.Library 1.0.0 has no tests", "ILoadTest", "Ask for a test package");
    }

    [Theory]
    [InlineData("1.99.0")]
    [InlineData("2.0.0")]
    public async Task Run_TestBuiltAgainstANewerContract_IsOneClearErrorThatNamesBoth(string contract)
    {
        _shop.Add(TestPackage.WithTest("Acme.Newer").Contract(contract).File("orca.json", PlanText.Of("Acme.Newer")));

        await AssertRefusedAsync(options => options.Package = "Acme.Newer", "Acme.Newer 1.0.0 is built against Orca.Abstractions", contract, "but this Orca has 1.0.0", "Update Orca");
    }

    [Fact]
    public async Task Run_PackageWithoutAPlan_IsOneClearError() =>
        await AssertRefusedAsync(options => options.Package = Package, "Acme.Tests 1.0.0 carries no orca.json", "Name a plan file");

    [Fact]
    public async Task Run_ReportsWhereNothingCanBeWritten_IsOneClearErrorBeforeAnyLoad()
    {
        var plan = Path.Combine(_shop.Folder, "plan.json");
        await File.WriteAllTextAsync(plan, PlanText.Of(Package), TestContext.Current.CancellationToken);
        var taken = Path.Combine(_shop.Folder, "a-file");
        await File.WriteAllTextAsync(taken, "", TestContext.Current.CancellationToken);

        var run = await AssertRefusedAsync(
            options =>
            {
                options.Plan = plan;
                options.Out = Path.Combine(taken, "reports");
            },
            Path.Combine(taken, "reports"),
            "is a file",
            "Name another folder");
        Assert.DoesNotContain(run.Log.Lines, line => line.Text.Contains("joined run", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task Run_OptionOutOfRange_IsOneClearError(int drones) =>
        await AssertRefusedAsync(options => (options.Package, options.Drones) = (Package, drones), $"Orca:Drones is {drones}", "1 to 100");

    [Fact]
    public async Task Run_SettingThatIsNoPath_IsOneClearError() =>
        await AssertRefusedAsync(
            options =>
            {
                options.Package = Package;
                options.Set["scenarios..load"] = "1";
            },
            "'scenarios..load' is no path of a plan key",
            "scenarios.browse.load[0].for=10s");

    private async Task<HostedRun> AssertRefusedAsync(Action<OrcaSwarmOptions> configure, params string[] words)
    {
        var run = await HostedRun.RunAsync(_shop, configure);

        // One error, told once, and nothing else.
        var problem = Assert.Single(run.Result.Problems).ToString();
        Assert.Equal(problem, run.Console.Trim());
        Assert.All(words, word => Assert.Contains(word, problem, StringComparison.Ordinal));
        Assert.Equal((ExitCode.BadInput, null), (run.Result.ExitCode, run.Result.Report));

        // Nothing left behind: no reports, nothing half-installed.
        Assert.False(Directory.Exists(Path.Combine(_shop.Folder, "reports")));
        Assert.False(Directory.Exists(Path.Combine(_shop.Cache, ".staging")));
        var installed = Directory.Exists(_shop.Cache) ? Directory.GetDirectories(_shop.Cache).SelectMany(Directory.GetDirectories) : [];
        Assert.All(installed, folder => Assert.True(File.Exists(Path.Combine(folder, ".nupkg.metadata")), folder));
        return run;
    }
}
