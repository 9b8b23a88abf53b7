using System.Collections.Concurrent;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results;
using Orca.Tests.Results;

namespace Orca.Tests.Execution;

public sealed class RealEngineTests
{
    [Fact]
    public async Task TestThatNeverAwaits_EndsStarvesNobodyAndLeavesThePoolToOthers()
    {
        var iterations = new ConcurrentDictionary<long, long[]>();
        var others = 0;
        var test = new FakeLoadTest
        {
            StartUser = (user, _) => { user.State = iterations[user.Id] = new long[1]; return default; },
            Run = (user, _) => { ((long[])user.State!)[0]++; return default; },
        };
        await using var engine = RealEngine.Of(test, new UsersStage(64, 64, TimeSpan.FromSeconds(1)));
        var running = engine.RunAsync();
        while (!running.IsCompleted)
        {
            await Task.Run(() => others++, TestContext.Current.CancellationToken);
        }

        await running;
        Assert.Equal(64, iterations.Count);
        Assert.True(others > 10, $"{others} other pieces of work");
        Assert.True(iterations.Values.Min(i => i[0]) > 0.5 * iterations.Values.Max(i => i[0]));
        Assert.Equal(engine.Measured.Started, engine.Measured.Finished);
        Assert.Equal(iterations.Values.Sum(i => i[0]), engine.Measured.Finished);
        Assert.Equal(TimeSpan.FromSeconds(64), engine.Measured.UserTime);
    }

    [Fact]
    public async Task Arrivals_InRealTime_AreNeverEarlyAndAllAccountedFor()
    {
        var test = new FakeLoadTest { Run = (user, _) => user.ThinkAsync(TimeSpan.FromMilliseconds(1)) };
        await using var engine = RealEngine.Of(test, new Setting { MaxUsers = 1000 }, new RateStage(100, 3000, TimeSpan.FromSeconds(1)));

        await engine.RunAsync();

        var measured = engine.Measured;
        Assert.Equal(1550, measured.Started + measured.Dropped + measured.Missed);
        Assert.Equal(measured.Started, measured.Finished);
        Assert.Equal(measured.Started, measured.Lateness.Count);
        Assert.True(measured.Lateness.Min >= 0);
        Assert.Equal(0, measured.Lateness.Clamped);
        Assert.True(measured.ResponseOk.Min >= 1_000_000);
    }

    [Fact]
    public async Task TestThatBlocksItsThread_DoesNotHoldUpTheOthers()
    {
        // As many block as there are usually runners, so that only one more lets the rest go on.
        var users = Environment.ProcessorCount + 8;
        using var open = new ManualResetEventSlim();
        var done = 0;
        var test = new FakeLoadTest
        {
            Run = (user, _) =>
            {
                if (user.Id < Environment.ProcessorCount)
                {
                    open.Wait(CancellationToken.None);
                }

                Interlocked.Increment(ref done);
                return user.ThinkAsync(TimeSpan.FromMilliseconds(1));
            },
        };
        await using var engine = RealEngine.Of(test, new UsersStage(users, users, TimeSpan.FromMinutes(1)));

        await engine.RunUntilAsync(() =>
        {
            var goOn = Volatile.Read(ref done) > 100;
            if (goOn)
            {
                open.Set();
            }

            return goOn;
        });

        Assert.True(done > 100);
        Assert.Equal(engine.Measured.Started, engine.Measured.Finished);
    }

    [Fact]
    public async Task Overload_FourTimesWhatTheProcessorsCan_EndsAndAccountsForEveryArrival()
    {
        var asked = 4 * 500 * Environment.ProcessorCount;
        await using var engine = RealEngine.Of(Busy(), new Setting { MaxUsers = 50 }, new RateStage(asked, asked, TimeSpan.FromSeconds(1)));

        await engine.RunAsync();

        var measured = engine.Measured;
        Assert.Equal(asked, measured.Started + measured.Dropped + measured.Missed);
        Assert.Equal(measured.Started, measured.Finished);
        Assert.True(measured.Dropped > 0 && measured.Started > 0);
    }

    [Fact]
    public async Task Overload_FourTimesWhatTheProcessorsCan_IsInvalidThroughTheGeneratorAndSaysWhen()
    {
        var asked = 4 * 500 * Environment.ProcessorCount;
        var stage = new RateStage(asked, asked, TimeSpan.FromSeconds(2));

        // A user for every arrival: none is dropped, so that all of it is the generator's fault.
        var setting = new Setting { MaxUsers = 2 * asked };
        var run = new FakeRun(DrivenEngine.PlanOf(setting, stage));
        await using var probe = new DroneHealthProbe(3, TimeProvider.System);
        await using var engine = RealEngine.Of(Busy(), setting, stage);
        Snapshot Cut(int second, bool final) =>
            engine.Recorder.Cut(new SnapshotHeader("d1", run.Drones[0].Incarnation, 0, second, TimeSpan.FromSeconds(second), final), probe.Sample());
        probe.Start();

        var running = engine.RunAsync();
        while (engine.Engine.RunTime < TimeSpan.FromSeconds(1) && !running.IsCompleted)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        run.Ledger.Add(Cut(1, final: false));
        await running;
        run.Ledger.Add(Cut(2, final: true));
        var report = run.Complete(2);

        Assert.Equal(Verdict.Invalid, report.Verdict);
        Assert.All(report.Reasons, reason => Assert.Equal(InvalidCause.Generator, reason.Cause));
        var late = Assert.Single(report.Reasons, reason => reason.Text.Contains("were started late", StringComparison.Ordinal));
        Assert.Equal(["d1"], late.Drones);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(2)), (late.Windows[0].From, late.Windows[^1].To));
        Assert.Equal(2 * asked, report.Totals.Started + report.Totals.Missed);
    }

    // Keeps a processor for 2 ms, so that each can do 500 a second.
    private static FakeLoadTest Busy() => new()
    {
        Run = (_, _) =>
        {
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(() => System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds >= 2);
            return default;
        },
    };

    [Fact]
    public async Task HookThatBlocksItsThread_IsGivenUp()
    {
        using var open = new ManualResetEventSlim();
        using var timeOut = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        var test = new FakeLoadTest { SetUp = (_, _) => { entered.SetResult(); open.Wait(CancellationToken.None); return default; } };
        await using var engine = RealEngine.Of(test, new UsersStage(1, 1, TimeSpan.FromSeconds(1)));

        var settingUp = engine.Engine.SetUpAsync(new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 1)), timeOut.Token);
        await entered.Task;
        await timeOut.CancelAsync();

        Assert.Contains("had not ended", (await settingUp)?.What);
        open.Set();
    }
}
