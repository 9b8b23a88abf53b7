using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Plans;
using Orca.Runs;
using Orca.Swarm.Redis;

namespace Orca.SwarmBench;

/// <summary>The process with the real leader, which says what it cost as one row.</summary>
internal static class LeaderSide
{
    public static async Task<int> RunAsync(string endpoint, int drones, int seconds)
    {
        ThreadPool.SetMinThreads(32, 8);
        var text = $$"""
            {
              "package": "Orca.Bench@1.0.0",
              "quorum": {{drones}},
              "scenarios": { "load": { "maxUsers": 1000000, "load": [ { "rate": {{drones * SyntheticMeasurements.PerSecond}}, "for": "{{seconds}}s" } ] } },
              "limits": { "lateness": "30s", "notStarted": 1, "delivered": 0 }, "grace": "10s", "seed": 42
            }
            """;
        if (!PlanFile.Read([new PlanLayer("bench", text)], new PlanReading { PackageRequired = true }).TryGet(out var plan, out var problems))
        {
            await Console.Error.WriteLineAsync(string.Join('\n', problems));
            return 1;
        }

        await using var connection = DroneSide.Connect(endpoint, "leader");
        await using var meter = await CostSink.OpenAsync(endpoint);
        await using var medium = new RedisSwarmMedium(connection, NullLogger.Instance);
        var began = Stopwatch.GetTimestamp();
        var result = await new LeaderRun(
            new LeaderOptions
            {
                Leader = "leader",
                RunId = $"bench-{drones}",
                RunName = "bench",
                Names = DroneSide.Names,
                Medium = medium,
                Sinks = [meter],
                Clock = TimeProvider.System,
                Logger = NullLogger.Instance,
            },
            new PreparedRun(plan, new() { Root = new("Orca.Bench", "1.0.0"), Packages = [], Hash = new string('0', 64) }, [])).RunAsync(CancellationToken.None);
        if (result.Report is not { } report)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', result.Problems));
            return 1;
        }

        // The common start lies so far ahead once all are set up.
        var after = Stopwatch.GetElapsedTime(began).TotalSeconds - meter.BeganAfter(began) - RunTimings.StartAhead.TotalSeconds - seconds;
        var measured = (long)drones * seconds * SyntheticMeasurements.PerSecond;
        var lost = report.Drones.Count(drone => drone.Lost);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {drones:N0} | {meter.Row()} | {meter.BeganAfter(began):0.0} s | {after:0.0} s | {(report.Totals.Started == measured ? "exact" : $"{report.Totals.Started:N0} of {measured:N0}")}{(lost > 0 ? $", {lost} lost" : "")} |"));
        return 0;
    }
}
