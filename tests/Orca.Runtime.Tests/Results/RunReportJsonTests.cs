using System.Runtime.CompilerServices;
using System.Text.Json;
using Orca.Results;

namespace Orca.Tests.Results;

public class RunReportJsonTests
{
    [Fact]
    public void Read_WhatWasWritten_WritesTheSame()
    {
        var json = RunReportJson.Write(SampleReport.Make());

        Assert.True(RunReportJson.Read(json).TryGet(out var again, out _));
        Assert.Equal(json, RunReportJson.Write(again));
        Assert.Equal(3, again.Scenarios.Length);
        Assert.Equal(TimeSpan.FromSeconds(6), again.RunTime);
    }

    [Fact]
    public void Read_AnyDurationsAndFigures_WritesTheSame()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            var report = new RunReport
            {
                RunId = "r",
                Verdict = (Verdict)random.Next(4),
                ExitCode = random.Next(),
                RunTime = TimeSpan.FromTicks(random.NextInt64(long.MaxValue / 2)),
                StartTime = random.Next(2) == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(1L << 60)),
                Totals = new() { Started = random.NextInt64(), Rate = random.NextDouble() * Math.Pow(10, random.Next(-9, 12)), UserTime = TimeSpan.FromTicks(random.NextInt64(1L << 50)) },
                Reasons = [new() { Verdict = Verdict.Invalid, Text = new string((char)random.Next(1, 0xd000), 3), Cause = (InvalidCause)random.Next(4), Windows = [new(TimeSpan.FromTicks(random.Next()), TimeSpan.FromTicks(random.NextInt64(1L << 40)))] }],
            };
            var json = RunReportJson.Write(report);

            Assert.True(RunReportJson.Read(json).TryGet(out var again, out _), $"Seed {seed}");
            Assert.True(json == RunReportJson.Write(again), $"Seed {seed}");
            Assert.Equal((report.RunTime, report.StartTime, report.Totals, report.Verdict), (again.RunTime, again.StartTime, again.Totals with { Errors = report.Totals.Errors, Steps = report.Totals.Steps, Checks = report.Totals.Checks, Metrics = report.Totals.Metrics }, again.Verdict));
        }
    }

    [Fact]
    public void Write_Report_IsInTheFormPromised()
    {
        using var json = JsonDocument.Parse(RunReportJson.Write(SampleReport.Make()));
        var root = json.RootElement;

        Assert.Equal("orca.report/1", root.GetProperty("schema").GetString());
        Assert.Equal("invalid", root.GetProperty("verdict").GetString());
        Assert.Equal(6000, root.GetProperty("runTime").GetDouble());
        Assert.Equal("2026-03-01T12:00:00+00:00", root.GetProperty("startTime").GetString());
        Assert.Equal("usersExhausted", root.GetProperty("reasons")[0].GetProperty("cause").GetString());
        Assert.Equal("droneJoined", root.GetProperty("events")[0].GetProperty("kind").GetString());
        Assert.False(root.TryGetProperty("folder", out _));
    }

    [Fact]
    public void Write_PlanWithCredentials_ShowsNone()
    {
        var json = RunReportJson.Write(SampleReport.Make());

        Assert.DoesNotContain("ann:secret", json, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", json, StringComparison.Ordinal);
        Assert.Contains("https://***@staging.example/", json, StringComparison.Ordinal);
        Assert.Contains("shop-login", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "could not be read as JSON")]
    [InlineData("null", "empty")]
    [InlineData("""{"schema":"orca.report/2","runId":"r","verdict":"passed","exitCode":0}""", "'orca.report/2'")]
    [InlineData("""{"runId":"r","verdict":"great","exitCode":0}""", "could not be read as JSON")]
    public void Read_NoReport_TellsWhy(string json, string problem)
    {
        Assert.False(RunReportJson.Read(json).TryGet(out _, out var problems));
        Assert.Contains(problem, Assert.Single(problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_EveryKeyOfARealReport_OccursInIt()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(SchemaPath()));
        using var report = JsonDocument.Parse(RunReportJson.Write(SampleReport.Make()));

        List<string> wrong = [];
        SchemaCheck.Compare(schema.RootElement, schema.RootElement, report.RootElement, "$", wrong);

        Assert.Empty(wrong);
    }

    private static string SchemaPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Orca.Runtime", "Results", "orca.report.schema.json");
}
