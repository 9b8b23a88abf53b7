using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>Runs engine, recorder and HTTP client once in each process against a server of their own, so that the first second of a load finds them compiled.</summary>
/// <remarks>Neither the test nor its target notices: what a rehearsal can do for a test's own code is <see cref="CompiledTest"/>.</remarks>
internal static class Rehearsal
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(600);
    private static readonly Lock _lock = new();
    private static Task<Exception?>? _rehearsal;
    private static Task? _once;

    /// <summary>Begins it, unless it was begun before; what it failed with, if it did, <see cref="OnceAsync"/> tells.</summary>
    public static Task<Exception?> Begin()
    {
        lock (_lock)
        {
            return _rehearsal ??= Task.Run(RunAsync);
        }
    }

    /// <summary>Begins it, or joins the one that was begun before. Never fails: an engine that could not rehearse is only slower at first.</summary>
    public static Task OnceAsync(ILogger logger)
    {
        lock (_lock)
        {
            return _once ??= TellAsync(Begin(), logger);
        }
    }

    private static async Task TellAsync(Task<Exception?> rehearsal, ILogger logger)
    {
        if (await rehearsal is { } failure)
        {
            ExecutionLog.RehearsalFailed(logger, failure);
        }
    }

    private static async Task<Exception?> RunAsync()
    {
        try
        {
            await using var server = new RehearsalServer();
            await RunLoadAsync(server.Address);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static async Task RunLoadAsync(Uri target)
    {
        var plan = new RunPlan
        {
            Name = "rehearsal",
            Target = target,
            Seed = 1,
            Grace = TimeSpan.FromSeconds(1),
            Scenarios =
            [
                new() { Name = "closed", Test = "rehearsal", MaxUsers = 4, Load = [new UsersStage(4, 4, Length)] },
                new() { Name = "open", Test = "rehearsal", MaxUsers = 50, Load = [new RateStage(200, 500, Length)] },
            ],
        };
        var recorder = new Recorder(plan.Precision, [.. plan.Scenarios.Select(scenario => scenario.Name)]);
        var test = new RehearsalTest();
        var parameters = new ConfigurationBuilder().Build();
        await using var engine = new LoadEngine(new LoadEngineOptions
        {
            RunId = plan.Name,
            Plan = plan,
            Tests = [.. plan.Scenarios.Select(scenario => new ScenarioTest(scenario, test, parameters, NullLogger.Instance))],
            Drone = new DroneInfo(0, 1),
            Recorder = recorder,
            Clock = TimeProvider.System,
            Logger = NullLogger.Instance,
        });
        var share = new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 1));
        if (await engine.SetUpAsync(share, CancellationToken.None) is null)
        {
            engine.ExtendRight(long.MaxValue);
            engine.Start(share, TimeProvider.System.GetTimestamp());
            await engine.Completion;
            await engine.TearDownAsync(CancellationToken.None);
            Exchange(recorder);
        }
    }

    // What a drone and its leader do with each other's snapshots.
    private static void Exchange(Recorder recorder)
    {
        var header = new SnapshotHeader("rehearsal", "1", 0, 1, Length, Final: true);
        var bytes = SnapshotCodec.Encode(recorder.Cut(header, new DroneHealth { SchedulingDelay = new(recorder.Precision) }));
        if (SnapshotCodec.Decode(bytes).TryGet(out var snapshot, out _))
        {
            var sum = new MeasurementSet(recorder.Precision);
            foreach (var scenario in snapshot.Scenarios)
            {
                sum.Add(scenario.Measured);
                sum.AddSince(scenario.Measured, scenario.WarmUp);
            }

            sum.ResponseOk.ValueAt(99);
        }
    }
}
