using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orca.Hosting;
using Orca.Results;

namespace Orca.Compare.Loads;

/// <summary>A leader and a drone in one process, as <c>AddOrcaSwarm</c> makes them, with one scenario of the comparisons' package.</summary>
internal static class SwarmRun
{
    public static async Task<Reading> RunAsync(Options options)
    {
        var folder = options.Text("folder");
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddOrcaSwarm(swarm =>
        {
            swarm.Package = Package.Id;
            swarm.Version = Package.Version;
            swarm.NuGetConfigRoot = folder;
            swarm.Cache = Path.Combine(folder, "cache");
            swarm.Out = Path.Combine(folder, "reports");
            swarm.Plan = options.Text("plan");
            swarm.Quiet = true;
            swarm.Isolation = options.Text("isolation") == "process" ? TestIsolation.Process : TestIsolation.InProcess;
        });
        var host = builder.Build();
        var began = Stopwatch.GetTimestamp();
        var result = await host.RunOrcaAsync();
        if (result.Report is not { } report)
        {
            throw new InvalidOperationException(string.Join("; ", result.Problems));
        }

        var invalid = report.Reasons.Where(reason => reason.Verdict == Verdict.Invalid).ToList();
        var planned = report.Completeness.Scenarios.Sum(scenario => scenario.ArrivalsPlanned);
        return new()
        {
            ["seconds"] = Stopwatch.GetElapsedTime(began).TotalSeconds,
            ["endedAfter"] = (report.RunTime - options.Seconds("seconds", 5)).TotalSeconds,
            ["invalid"] = report.Verdict == Verdict.Invalid ? 1 : 0,
            ["generator"] = invalid.Count(reason => reason.Cause == InvalidCause.Generator),
            ["exhausted"] = invalid.Count(reason => reason.Cause == InvalidCause.UsersExhausted),
            ["invalidSeconds"] = invalid.Where(reason => reason.Cause == InvalidCause.Generator).SelectMany(reason => reason.Windows).Select(window => (window.To - window.From).TotalSeconds).DefaultIfEmpty().Max(),
            ["silent"] = report.Events.Count(e => e.Kind is RunEventKind.DroneLost or RunEventKind.DroneFailed or RunEventKind.EpochChanged),
            ["planned"] = planned,
            ["started"] = report.Totals.Started,
            ["finished"] = report.Totals.Finished,
            ["dropped"] = report.Totals.Dropped,
            ["missed"] = report.Totals.Missed,
            ["unaccounted"] = planned - report.Totals.Started - report.Totals.Dropped - report.Totals.Missed,
        };
    }
}
