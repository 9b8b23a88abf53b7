using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Measurement;
using Orca.Plans;
using Orca.Runs.Workers;
using Orca.Runs.Workers.Child;
using Orca.TestKit;

namespace Orca.Tests.Runs.Workers;

/// <summary>A test in a process of its own, without a drone around it.</summary>
public sealed class ProcessWorkerTests : IDisposable
{
    private const int Rate = 50;
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly Workshop _shop = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Start_RightToLoadIsNeverExtended_StopsTheLoadWithoutBeingTold()
    {
        await using var worker = await PrepareAsync("""{ "rate": 50, "for": "3s" }""");
        var share = new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 1));
        Assert.Null(await worker.SetUpAsync(new(new DroneInfo(0, 1), share, ImmutableSortedDictionary<string, string>.Empty), Ct));
        var start = Clock.GetTimestamp() + (Clock.TimestampFrequency / 2);

        worker.Start(share, start);
        worker.ExtendRight(start + Clock.TimestampFrequency, []);
        var measured = await LastAsync(worker);

        Assert.Null(await worker.Completion);
        Assert.InRange(measured.Started, 1, Rate + 1);
        Assert.InRange(measured.Started + measured.Missed + measured.Dropped, 1, 3 * Rate);
    }

    private async Task<ITestWorker> PrepareAsync(string load)
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests"));
        var pinned = await _shop.ResolveAsync("Acme.Tests");
        var plan = Workshop.Good(PlanFile.Read(
            [new PlanLayer("test", $$"""{ "package": "Acme.Tests", "seed": 1, "grace": "1s", "scenarios": { "go": { "test": "sample", "maxUsers": 50, "load": [ {{load}} ] } } }""")],
            new PlanReading { PackageRequired = true }));
        var worker = new ProcessWorkerFactory(new ProcessWorkerOptions
        {
            Host = Workshop.Good(ChildHost.Find()),
            Packages = _shop.Options,
            Secrets = new Dictionary<string, string>(),
            Clock = Clock,
            Loggers = NullLoggerFactory.Instance,
        }).Create();
        Assert.Null(await worker.PrepareAsync(new("run-1", "drone", "life", plan, pinned), Ct));
        return worker;
    }

    private static async Task<MeasurementSet> LastAsync(ITestWorker worker)
    {
        MeasurementSet? last = null;
        await foreach (var snapshot in worker.Snapshots.ReadAllAsync(Ct))
        {
            last = Assert.Single(Workshop.Good(SnapshotCodec.Decode(snapshot.Bytes.Span)).Scenarios).Measured;
        }

        return last!;
    }
}
