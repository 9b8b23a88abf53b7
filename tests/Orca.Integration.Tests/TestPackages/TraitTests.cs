using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Orca.Results;
using Orca.Runs;
using Orca.TestKit;
using Orca.Tests.Runs;

namespace Orca.Tests.TestPackages;

/// <summary>Each trait through a leader and two drones whose tests have processes of their own; the same drones then run a good one.</summary>
[Collection(MachineAlone.Name)]
public sealed class TraitTests : IAsyncDisposable
{
    private const string Good = "Good.Tests";
    private readonly Workshop _shop = new();
    private readonly TestSwarm _swarm;

    public TraitTests() => _swarm = new(_shop.Add(TestPackage.WithTest(Good)), drones: 2, inProcess: false, memoryLimit: 200 << 20);

    public async ValueTask DisposeAsync()
    {
        await _swarm.DisposeAsync();
        _shop.Dispose();
    }

    [Theory]
    [InlineData("StackOverflow", "Stack overflow")]
    [InlineData("FailFast", "this test gives up")]
    [InlineData("Exit", "exit code 3")]
    [InlineData("ThrowingThread", "on a thread of its own")]
    [InlineData("AccessViolation", "exit code")]
    public async Task Run_TestThatEndsItsProcess_CostsTheRunAndTheReportTellsHow(string trait, string words)
    {
        LongTest.Require();

        var result = await RunAsync(new Trait(trait));

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        var lost = result.Report!.Events.Where(happened => happened.Kind == RunEventKind.DroneLost).ToList();
        Assert.NotEmpty(lost);
        Assert.All(lost, happened => Assert.Contains(words, happened.Text, StringComparison.Ordinal));
        Assert.Contains(result.Report.Reasons, reason => reason.Text.Contains(words, StringComparison.Ordinal));
        await AssertRunsAGoodTestAsync();
    }

    [Fact]
    public async Task Run_OutOfMemory_FailsIterationsOrCostsTheRun()
    {
        LongTest.Require();

        var result = await RunAsync(new Trait("OutOfMemory"));

        Assert.True(
            result.Report!.Scenarios.Any(scenario => scenario.Measured.Errors.Any(error => error.Kind.Contains("OutOfMemory", StringComparison.Ordinal)))
            || result.Report.Events.Any(happened => happened.Kind == RunEventKind.DroneLost));
        await AssertRunsAGoodTestAsync();
    }

    [Theory]
    [InlineData("InfiniteLoop")]
    [InlineData("IgnoresCancellation")]
    public async Task Run_IterationsThatNeverReturn_AreInterruptedOrCostTheRun(string trait)
    {
        LongTest.Require();

        var result = await RunAsync(new Trait(trait));

        Assert.True(result.Report!.Totals.Interrupted > 0 || result.Report.Events.Any(happened => happened.Kind == RunEventKind.DroneLost), result.Report.Verdict.ToString());
        await AssertRunsAGoodTestAsync();
    }

    [Theory]
    [InlineData("ThrowingConstructor", "no such zone", 60)]
    [InlineData("HangingConstructor", "was not done within 3 s", 3)]
    public async Task Run_TestThatCannotBeConstructed_IsDeclinedWithTheReason(string trait, string words, int setUpSeconds)
    {
        LongTest.Require();

        var result = await RunAsync(new Trait(trait), setUpSeconds);

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Contains(words, Assert.Single(result.Problems).What, StringComparison.Ordinal);
        await AssertRunsAGoodTestAsync();
    }

    [Fact]
    public async Task Prepare_WhatNoDroneCouldLoad_IsRefusedByTheLeaderNamingWhy()
    {
        await RefusedAsync(new Trait("NoTests"), "has no tests");
        await RefusedAsync(new Trait("Plain") { More = package => package.Contract("0.9.0") }, "Orca.Abstractions 0.9.0");
        await RefusedAsync(new Trait("Plain") { More = package => package.Contract("1.9.0") }, "Update Orca to 1.9");
        await RefusedAsync(new Trait("Plain") { More = package => package.Depends("Microsoft.Extensions.Logging.Abstractions", "11.0.0") }, "needs Microsoft.Extensions.Logging.Abstractions 11");
    }

    [Theory]
    [InlineData("StaticState")]
    [InlineData("HeldByTheProcess")]
    [InlineData("TimerLeftRunning")]
    [InlineData("ThreadLeftRunning")]
    [InlineData("ProcessWideHandlers")]
    [InlineData("EnvironmentAndCulture")]
    [InlineData("ReadsTheConsole")]
    public async Task Run_TestThatLeavesTraces_PassesTwiceAndLeavesNoneInTheDrone(string trait)
    {
        LongTest.Require();
        var (directory, culture) = (Environment.CurrentDirectory, CultureInfo.DefaultThreadCurrentCulture);

        AssertPassed(await RunAsync(new Trait(trait)));
        AssertPassed(await RunAsync(new Trait(trait)));

        await AssertRunsAGoodTestAsync();
        Assert.Equal((directory, culture, null), (Environment.CurrentDirectory, CultureInfo.DefaultThreadCurrentCulture, Environment.GetEnvironmentVariable("ORCA_TRAIT")));
        _swarm.Log.AssertClean();
    }

    [Fact]
    public async Task Run_TestThatReadsTheEnvironment_FindsWhatItNeedsAndNoSecretOfTheDrone()
    {
        LongTest.Require();
        string[] secrets = ["Orca__Redis__Password", "Orca__SwarmKey", "DOTNET_Orca__Elasticsearch__ApiKey", "NuGetPackageSourceCredentials_web", "FEED_PASSWORD", "ELASTIC_API_KEY"];
        RunResult result;
        try
        {
            Array.ForEach(secrets, name => Environment.SetEnvironmentVariable(name, "s3cret"));
            result = await RunAsync(new Trait("ReadsTheEnvironment"));
        }
        finally
        {
            Array.ForEach(secrets, name => Environment.SetEnvironmentVariable(name, null));
        }

        AssertPassed(result);
        Assert.Equal(("no secret", 0), (CheckOf(result), result.Report!.Scenarios[0].Measured.Checks[0].Failed));
        var seen = _swarm.Log.Lines.Where(line => line.Text.StartsWith("sees ", StringComparison.Ordinal)).Select(line => line.Text.Split(' ')).ToList();
        Assert.Equal(2, seen.Count);
        Assert.All(seen, names => Assert.Contains("PATH", names, StringComparer.OrdinalIgnoreCase));
        Assert.All(seen, names => Assert.Empty(names.Intersect(secrets)));
        await AssertRunsAGoodTestAsync();
    }

    [Fact]
    public async Task Run_ConsoleFlood_IsShownUpToABoundAndCounted()
    {
        LongTest.Require();

        AssertPassed(await RunAsync(new Trait("ConsoleFlood")));

        Assert.InRange(_swarm.Log.Lines.Count(line => line.Event.Id == 1122), 500, 1_000);
        Assert.InRange(_swarm.Log.Lines.Where(line => line.Event.Id == 1122).Max(line => line.Text.Length), 100, 700);
        Assert.Equal(2, _swarm.Log.Lines.Count(line => line.Event.Id == 1123));
        await AssertRunsAGoodTestAsync();
    }

    [Fact]
    public async Task Run_ProcessLeftRunning_IsEndedWithTheTestsOwn()
    {
        LongTest.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It starts what Linux has.");

        AssertPassed(await RunAsync(new Trait("ProcessLeftRunning")));

        var sleepers = _swarm.Log.Lines.Where(line => line.Text.StartsWith("sleeper ", StringComparison.Ordinal)).Select(line => int.Parse(line.Text.Split(' ')[1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(2, sleepers.Count);
        await AssertRunsAGoodTestAsync();
        Assert.All(sleepers, id => Assert.DoesNotContain(Process.GetProcesses(), process => process.Id == id && process.ProcessName == "sleep"));
    }

    [Fact]
    public async Task Run_DependenciesInTwoVersions_EachTestHasItsOwn()
    {
        LongTest.Require();
        TestPackage[] versions = [TestPackage.Library("Lib"), TestPackage.Library("Lib", "1.2.0"), TestPackage.Library("Lib", "2.0.0")];

        var exact = await RunAsync(new Trait("DependsOnALibrary") { Beside = versions, More = package => package.Depends("Lib", "[1.0.0]") });
        var floating = await RunAsync(new Trait("DependsOnALibrary") { More = package => package.Depends("Lib", "1.*"), Beside = versions });
        var newer = await RunAsync(new Trait("DependsOnALibrary") { More = package => package.Depends("Lib", "2.0.0"), Beside = versions });

        Assert.Equal(["version 1.0.0", "version 1.2.0", "version 2.0.0"], new[] { exact, floating, newer }.Select(CheckOf));
    }

    [Fact]
    public async Task Run_FilesAndSatellites_AreWhereTheTestLooksForThem()
    {
        LongTest.Require();
        var satellite = TestCompiler.Compile("Trait.SatelliteResources.resources", "[assembly: System.Reflection.AssemblyCulture(\"fr\")]");

        var french = await RunAsync(new Trait("SatelliteResources") { More = package => package.File("lib/net10.0/fr/Trait.SatelliteResources.resources.dll", satellite) });
        var files = await RunAsync(new Trait("ReadsItsFiles") { More = package => package.File("lib/net10.0/orders.xml", "<orders />") });

        Assert.Equal(("french", "xml"), (CheckOf(french), CheckOf(files)));
        Assert.All(new[] { french, files }, result => Assert.Equal(0, result.Report!.Scenarios[0].Measured.Checks.Sum(check => check.Failed)));
    }

    private static void AssertPassed(RunResult result)
    {
        Assert.Empty(result.Problems);
        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Equal(0, result.Report!.Totals.Failed);
        Assert.DoesNotContain(result.Report.Events, happened => happened.Kind is RunEventKind.DroneLost or RunEventKind.DroneFailed);
    }

    private static string CheckOf(RunResult result) => Assert.Single(result.Report!.Scenarios[0].Measured.Checks).Name;

    private async Task<RunResult> RunAsync(Trait trait, int setUpSeconds = 60)
    {
        await trait.AddToAsync(_shop);
        return await _swarm.RunAsync(Plan(trait.Id, setUpSeconds));
    }

    private async Task RefusedAsync(Trait trait, string words)
    {
        await trait.AddToAsync(_shop);
        Assert.Contains(words, Workshop.OnlyProblem(await _swarm.PrepareAsync(Plan(trait.Id))).ToString(), StringComparison.Ordinal);
    }

    private async Task AssertRunsAGoodTestAsync()
    {
        var result = await _swarm.RunAsync(Plan(Good));
        AssertPassed(result);
        Assert.Equal(2, result.Report!.Drones.Count(drone => drone.Finished));
    }

    private static string Plan(string package, int setUpSeconds = 60) => $$"""
        {
          "package": "{{package}}@1.0.0",
          "quorum": 2, "setUpTimeout": "{{setUpSeconds}}s",
          "scenarios": { "go": { "test": "sample", "maxUsers": 20, "load": [ { "rate": 20, "for": "500ms" } ] } },
          "limits": { "lateness": "30s", "notStarted": 1, "delivered": 0 }, "grace": "1s", "seed": 42
        }
        """;
}
