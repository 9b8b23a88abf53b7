using System.Text.Json;
using Orca.TestKit;

namespace Orca.Tests.Tool;

/// <summary>A package from a folder feed: listed, validated, tried once, run on drones of the tool's process, and its report shown again.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Plan = """
        {
          "scenarios": { "sample": { "load": [ { "users": 2, "for": "500ms" } ] } },
          "limits": { "lateness": "10s", "notStarted": 1, "delivered": 0 },
          "parameters": { "word": "hello" }
        }
        """;

    private const string Body = """
        public SampleLoadTest(IConfiguration parameters) => _word = parameters["word"];
        private readonly string _word;
        public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
        {
            await user.StepAsync("wait", ct => Task.Delay(5, ct));
            user.Check("greeted", _word == "hello");
        }
        """;

    private readonly Workshop _shop = new();

    public PackageTests()
    {
        _shop.Configure($"<add key=\"feed\" value=\"{_shop.Feed}\" />");
        _shop.Add(TestPackage.WithTest("Acme.Sample", "1.2.0", Body).File("orca.json", Plan));
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task List_OfAPackage_NamesItsTests()
    {
        var people = await RunAsync("list", "Acme.Sample@1.*");
        var json = await RunAsync("list", "Acme.Sample", "--json");

        Assert.Equal((0, ""), (people.ExitCode, people.Error));
        Assert.Equal(["test    class           description", "sample  SampleLoadTest"], people.Output.TrimEnd().Split('\n'));
        Assert.Equal("sample", Assert.Single(JsonElement.Parse(json.Output).EnumerateArray().ToList()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Validate_OfAGoodPlan_SaysWhatItIs()
    {
        var good = await RunAsync("validate", "Acme.Sample", "--set", "scenarios.sample.load[0].for=90s");
        var unknown = await RunAsync("validate", "Acme.Sample", "--set", "scenarios.sample.test=simple");

        Assert.Equal((0, "The plan 'Acme.Sample' is valid: 1 scenario (sample), 1m30s, 1 drone.\n"), (good.ExitCode, good.Output));
        Assert.Equal((2, ""), (unknown.ExitCode, unknown.Output));
        Assert.Contains("has no test 'simple'", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunOnce_OfAPackage_ShowsStepsAndChecks()
    {
        var passed = await RunAsync("run", "Acme.Sample", "--once");
        var failed = await RunAsync("run", "Acme.Sample", "--once", "--param", "word=goodbye");
        var json = await RunAsync("run", "Acme.Sample", "--once", "--json");

        Assert.Equal((0, ""), (passed.ExitCode, passed.Error));
        Assert.StartsWith("Scenario 'sample'. Load test 'sample' passed: 1 iteration", passed.Output, StringComparison.Ordinal);
        Assert.Contains("step wait: 1 ok, 0 failed", passed.Output, StringComparison.Ordinal);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("check greeted: did not hold 1 of 1 time", failed.Output, StringComparison.Ordinal);
        Assert.True(JsonElement.Parse(json.Output)[0].GetProperty("passed").GetBoolean());
    }

    [Fact]
    public async Task Run_OnDronesOfThisProcess_ReportsAndIsReportedAgain()
    {
        var run = await RunAsync("run", "Acme.Sample", "--drones", "2", "--quorum", "2", "--json");
        var report = JsonElement.Parse(run.Output);
        var again = await RunAsync("report", "--exit-code");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("passed", report.GetProperty("verdict").GetString());
        Assert.Equal(2, report.GetProperty("drones").GetArrayLength());
        Assert.Contains("PASSED", run.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (again.ExitCode, again.Error));
        Assert.Contains("PASSED", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithAFolderThatCannotBeWritten_NeverBegins()
    {
        var file = Path.Combine(_shop.Folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        var run = await RunAsync("run", "Acme.Sample", "--out", Path.Combine(file, "reports"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WhoseThresholdFails_EndsWithOne()
    {
        var run = await RunAsync("run", "Acme.Sample", "--quiet", "--set", "thresholds=[\"sample count > 1000000\"]");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAILED", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_OfAPlan_PinsThePackageThatItNames()
    {
        var plan = Path.Combine(_shop.Folder, "nightly.json");
        await File.WriteAllTextAsync(plan, Plan.Replace("\"scenarios\"", "\"package\": \"Acme.Sample@1.*\", \"scenarios\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var locked = await RunAsync("lock", "nightly.json");

        Assert.Equal((0, ""), (locked.ExitCode, locked.Error));
        Assert.Contains("\"1.2.0\"", await File.ReadAllTextAsync(Path.ChangeExtension(plan, ".lock.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfALockedPlanWhoseVersionWasPushedAnew_RunsThePinnedBytesOrIsRefusedNamingTheFeed()
    {
        var plan = Path.Combine(_shop.Folder, "nightly.json");
        await File.WriteAllTextAsync(plan, Plan.Replace("\"scenarios\"", "\"package\": \"Acme.Sample@1.*\", \"scenarios\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var locked = await RunAsync("lock", "nightly.json");
        _shop.Add(TestPackage.WithTest("Acme.Sample", "1.2.0", Body + "public int Other;"));

        var cached = await RunAsync("run", "nightly.json", "--quiet");
        Directory.Delete(_shop.Cache, recursive: true);
        var refused = await RunAsync("run", "nightly.json", "--quiet");

        Assert.Equal((0, 0), (locked.ExitCode, cached.ExitCode));
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains($"Feed 'feed' ({_shop.Feed}) serves other bytes for Acme.Sample 1.2.0 than", refused.Error, StringComparison.Ordinal);
        Assert.Contains("new version", refused.Error, StringComparison.Ordinal);
    }

    private Task<OrcaProcess> RunAsync(params string[] arguments) =>
        OrcaProcess.RunAsync(_shop.Folder, [.. arguments, .. arguments[0] == "report" ? [] : (string[])["--cache", _shop.Cache]]);
}
