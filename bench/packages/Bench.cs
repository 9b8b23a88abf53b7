using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Measurement;
using Orca.Packages;
using Orca.Plans;
using Orca.Runs.Workers;
using Orca.Runs.Workers.Child;
using Orca.TestKit;

namespace Orca.PackageBench;

/// <summary>Runs a package on one worker, as a drone does, without a swarm around it.</summary>
internal static class Bench
{
    public static ITestWorkerFactory Workers(bool inProcess, PackageOptions packages) => inProcess
        ? new InProcessWorkerFactory(new InProcessWorkerOptions { Packages = packages, Secrets = ImmutableDictionary<string, string>.Empty, Clock = TimeProvider.System, Loggers = NullLoggerFactory.Instance })
        : new ProcessWorkerFactory(new ProcessWorkerOptions { Host = Workshop.Good(ChildHost.Find()), Packages = packages, Secrets = ImmutableDictionary<string, string>.Empty, Clock = TimeProvider.System, Loggers = NullLoggerFactory.Instance });

    public static RunPlan Plan(string package, string load, int maxUsers = 256, string? target = null) => Workshop.Good(PlanFile.Read(
        [new PlanLayer("bench", $$"""{ "package": "{{package}}", {{(target is null ? "" : $"\"target\": \"{target}\", ")}}"seed": 1, "grace": "1s", "setUpTimeout": "20s", "scenarios": { "go": { "test": "sample", "maxUsers": {{maxUsers}}, "load": [ {{load}} ] } } }""")],
        new PlanReading { PackageRequired = true }));

    /// <summary>One run: how many iterations finished, or what stood in the way.</summary>
    public static async Task<(long Finished, Problem? Problem)> RunAsync(ITestWorkerFactory factory, PackageLock pinned, RunPlan plan)
    {
        await using var worker = factory.Create();
        var share = new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 1));
        if (await worker.PrepareAsync(new("bench", "drone", "life", plan, pinned), default) is { } refused)
        {
            return (0, refused);
        }

        if (await worker.SetUpAsync(new(new DroneInfo(0, 1), share, ImmutableSortedDictionary<string, string>.Empty), default) is { } failed)
        {
            return (0, failed);
        }

        var clock = TimeProvider.System;
        worker.Start(share, clock.GetTimestamp() + (clock.TimestampFrequency / 20));
        var finished = 0L;
        var reading = Task.Run(async () =>
        {
            await foreach (var snapshot in worker.Snapshots.ReadAllAsync())
            {
                finished = Workshop.Good(SnapshotCodec.Decode(snapshot.Bytes.Span)).Scenarios.Sum(scenario => scenario.Measured.Finished);
            }
        });
        while (!worker.Completion.IsCompleted)
        {
            worker.ExtendRight(clock.GetTimestamp() + (4 * clock.TimestampFrequency), worker.LookAhead().Claims);
            await Task.WhenAny(worker.Completion, Task.Delay(TimeSpan.FromMilliseconds(500), clock));
        }

        await reading;
        return (finished, await worker.Completion);
    }
}
