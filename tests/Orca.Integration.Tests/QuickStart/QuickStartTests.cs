using System.Diagnostics;
using System.Globalization;
using Orca.Results;
using Orca.TestKit;
using Orca.Tests.Runs;

namespace Orca.Tests.QuickStart;

/// <summary>The quick start as a newcomer has it: a process, its exit code and what it writes.</summary>
[Collection(MachineAlone.Name)]
public sealed class QuickStartTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Help_IsShownAndEndsWith0()
    {
        var (exitCode, output, error) = await StartAsync("--help");

        Assert.Equal((ExitCode.Passed, ""), (exitCode, error));
        Assert.All(["--drones", "--rate", "--for", "--package", "--version", "--plan", "--out", "--kill-drone", "--at", "--set"], option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'--rat'", "--rat", "50")]
    [InlineData("'many'", "--drones", "many")]
    [InlineData("'--set =5'", "--set", "=5")]
    [InlineData("'--at soon'", "--kill-drone", "1", "--at", "soon")]
    public async Task Start_BadOption_IsOneClearErrorAndEndsWith2(string named, params string[] arguments)
    {
        var (exitCode, output, error) = await StartAsync(arguments);

        Assert.Equal((ExitCode.BadInput, ""), (exitCode, output));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Contains("'--help' lists the options.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ShortRun_EndsWithSummaryReportAndTheTargetsAgreement()
    {
        await MachineFeed.RequireAsync();
        using var folder = new TempFolder();

        // The sample's own plan judges times, which belong to the machine; here everything else is judged.
        string[] limits = ["limits.lateness=30s", "limits.notStarted=1", "limits.delivered=0", """thresholds=["swarm errors < 1%", "shop checks.finds-something > 99%"]"""];
        var (exitCode, output, error) = await StartAsync(
            ["--drones", "2", "--rate", "50", "--for", "3s", "--out", folder.At("reports"), .. limits.SelectMany(limit => (string[])["--set", limit])]);

        var written = Directory.Exists(folder.At("reports")) ? Directory.GetFiles(folder.At("reports"), "report.json", SearchOption.AllDirectories) : [];
        Assert.True(written.Length == 1, $"{exitCode}\n{output}\n{error}");
        Assert.Contains(Path.GetDirectoryName(written[0])!, output, StringComparison.Ordinal);
        Assert.Contains("The target's own log agrees with the report", output, StringComparison.Ordinal);
        var report = Workshop.Good(RunReportJson.Read(await File.ReadAllTextAsync(written[0], Ct)));
        Assert.Equal((2, exitCode), (report.Drones.Length, report.ExitCode));
        Assert.Equal(3, report.RunTime.TotalSeconds);
        var shop = report.Scenarios.Single(scenario => scenario.Name == "shop").Measured;
        Assert.Equal(150, shop.Started + shop.Missed + shop.Dropped);

        // Every drone has unloaded the package: no warning says otherwise.
        Assert.DoesNotContain("unload", output + error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", error);

        Assert.True(exitCode == ExitCode.Passed, $"{exitCode}\n{output}");
        Assert.Contains("PASSED", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ADroneIsKilled_TheRunCompletes_TheLoadIsBack_AndTheReportNamesTheGap()
    {
        await MachineFeed.RequireAsync();
        using var folder = new TempFolder();

        var (exitCode, output, error) = await StartAsync(
            "--drones", "3", "--kill-drone", "2", "--at", "3s", "--rate", "60", "--for", "14s", "--out", folder.At("reports"), "--set", "limits.lateness=30s", "--verbose");

        var written = Directory.Exists(folder.At("reports")) ? Directory.GetFiles(folder.At("reports"), "report.json", SearchOption.AllDirectories) : [];
        Assert.True(written.Length == 1, $"{exitCode}\n{output}\n{error}");
        var report = Workshop.Good(RunReportJson.Read(await File.ReadAllTextAsync(written[0], Ct)));

        // A third of the load was nobody's for some five seconds: not the load asked for, and the report says whose fault it was.
        Assert.Equal((ExitCode.Invalid, Verdict.Invalid), (exitCode, report.Verdict));
        Assert.Contains(report.Reasons, reason => reason.Cause == InvalidCause.DroneLost && reason.Drones.Contains("drone-2"));
        Assert.Contains(report.Events, happened => happened is { Kind: RunEventKind.DroneLost, Drone: "drone-2" });
        Assert.False(report.Drones.Single(drone => drone.Id == "drone-2").Finished);
        Assert.Contains("The target's own log has all that is reported", output, StringComparison.Ordinal);

        // It ends as in a crash: it says so, and neither takes its leave nor logs an error of its own.
        Assert.Contains("Drone drone-2 ends without warning", output, StringComparison.Ordinal);
        Assert.DoesNotContain("fail: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("leaves run", output, StringComparison.Ordinal);

        // Its slots are others' from then on, and all is accounted for.
        var dealt = report.Events.Single(happened => happened.Kind == RunEventKind.EpochChanged);
        Assert.Contains("The lost slots go to 2 drones from run time ", dealt.Text, StringComparison.Ordinal);
        var from = double.Parse(dealt.Text.Split("run time ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(from, 3, 14);
        var shop = report.Completeness.Scenarios.Single(scenario => scenario.Name == "shop");
        Assert.Equal(shop.ArrivalsPlanned, shop.ArrivalsStarted + shop.Dropped + shop.Missed + shop.ArrivalsUnaccounted);
        Assert.InRange(shop.ArrivalsUnaccounted, 1, 14 * 20);
    }

    private static async Task<(int ExitCode, string Output, string Error)> StartAsync(params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var file = Repository.PathOf("samples", "QuickStart", "bin", configuration, "net10.0", "QuickStart.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", file, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // A build node that outlives the sample would hold on to its output.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        try
        {
            await process.WaitForExitAsync(Ct);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
