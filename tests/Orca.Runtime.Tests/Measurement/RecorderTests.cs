using Orca.Measurement;

namespace Orca.Tests.Measurement;

public class RecorderTests
{
    private static readonly SnapshotHeader _header = new("drone-1", "a", 1, 1, TimeSpan.FromSeconds(1), Final: true);

    private static DroneHealth Health => new() { SchedulingDelay = new(3) };

    [Fact]
    public void Cut_NothingRecorded_HasEveryScenarioEmpty()
    {
        var snapshot = new Recorder(2, ["browse", "checkout"]).Cut(_header, Health);

        Assert.Equal(["browse", "checkout"], snapshot.Scenarios.Select(s => s.Name));
        Assert.Equal(_header, snapshot.Header);
        Assert.All(snapshot.Scenarios, s => Assert.Equal((0, 0, 2), (s.Measured.Started, s.WarmUp.Finished, s.Measured.Precision)));
    }

    [Fact]
    public async Task Cut_AfterAllWorkStopped_IsExactOverThreadsAndRecorders()
    {
        const int Tasks = 16, Each = 5_000;
        Recorder[] recorders = [new(3, ["a", "b"]), new(3, ["a", "b"]), new(3, ["a", "b"])];
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(task => Task.Run(
            async () =>
            {
                for (var i = 1; i <= Each; i++)
                {
                    for (var r = 0; r < recorders.Length; r++)
                    {
                        var scenario = recorders[r][task % 2];
                        scenario.Started(MeasuredPart.Measured);
                        if (i % 100 == 0)
                        {
                            await Task.Yield();
                        }

                        scenario.Iteration(MeasuredPart.Measured, i + r, i, i % 10 == 0 ? "kind" : null);
                        scenario.Step(MeasuredPart.Measured, scenario.StepOf("step " + (i % 3)), i);
                        scenario.Check(MeasuredPart.Measured, "odd", i % 2 == 1);
                        scenario.Count(MeasuredPart.Measured, "sum", i);
                    }
                }
            },
            TestContext.Current.CancellationToken)));

        for (var r = 0; r < recorders.Length; r++)
        {
            foreach (var set in recorders[r].Cut(_header, Health).Scenarios.Select(s => s.Measured))
            {
                const long Total = Tasks / 2 * Each;
                const long Sum = Tasks / 2 * (Each * (Each + 1L) / 2);
                Assert.Equal((Total, Total, Total / 10), (set.Started, set.Finished, set.ResponseFailed.Count));
                Assert.Equal((Int128)Sum, set.ServiceOk.Sum + set.ServiceFailed.Sum);
                Assert.Equal((Int128)(Sum + (r * Total)), set.ResponseOk.Sum + set.ResponseFailed.Sum);
                Assert.Equal(Total / 10, set.Errors["kind"].Count);
                Assert.Equal(Total, set.Steps.Values.Sum(s => s.Ok));
                Assert.Equal(new CheckCount(Total / 2, Total / 2), set.Checks["odd"]);
                Assert.Equal(Sum, set.Metrics["sum"].Count);
            }
        }
    }

    [Fact]
    public async Task Cut_WhileRecording_NeverShowsMoreEndsThanStarts()
    {
        var recorder = new Recorder(3, ["a"]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var work = Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    recorder[0].Started(MeasuredPart.Measured);
                    await Task.Yield();
                    recorder[0].Iteration(MeasuredPart.Measured, 5, 5);
                }
            },
            CancellationToken.None)).ToArray();
        var before = new MeasurementSet(3);
        for (var i = 0; i < 300; i++)
        {
            var now = recorder[0].Cut().Measured;
            Assert.True(now.Finished <= now.Started, $"{now.Finished} of {now.Started}");
            Assert.True(now.Finished >= before.Finished && now.Started >= before.Started);
            before = now;
        }

        await stop.CancelAsync();
        await Task.WhenAll(work);
        var end = recorder[0].Cut().Measured;
        Assert.Equal(end.Started, end.Finished);
    }

    [Fact]
    public void Cut_Twice_GivesIndependentSnapshots()
    {
        var recorder = new Recorder(3, ["a"]);
        recorder[0].Iteration(MeasuredPart.Measured, 5, 5);
        var first = recorder.Cut(_header, Health);
        recorder[0].Iteration(MeasuredPart.Measured, 7, 7);

        Assert.Equal(1, first.Scenarios[0].Measured.Finished);
        Assert.Equal(2, recorder.Cut(_header, Health).Scenarios[0].Measured.Finished);
    }

    [Fact]
    public void Attach_SameName_IsReplacedAndTheNumberIsBounded()
    {
        var recorder = new Recorder(3, ["a", "b"]);
        for (var i = 0; i < Recorder.MostAttachments; i++)
        {
            Assert.True(recorder.Attach("a", "name " + i, "1"));
        }

        Assert.True(recorder.Attach("a", "name 0", "2"));
        Assert.False(recorder.Attach("b", "name 0", "3"));
        var attachments = recorder.Cut(_header, Health).Attachments;
        Assert.Equal(Recorder.MostAttachments, attachments.Length);
        Assert.Contains(new Attachment("a", "name 0", "2"), attachments);
    }
}
