using Orca.Measurement;

namespace Orca.Tests.Measurement;

public class ScenarioRecorderTests
{
    private readonly ScenarioRecorder _recorder = new("browse", 3);

    private MeasurementSet Measured => _recorder.Cut().Measured;

    private MeasurementSet WarmUp => _recorder.Cut().WarmUp;

    [Fact]
    public void Iteration_PassedAndFailed_GoToTheirHistograms()
    {
        _recorder.Iteration(MeasuredPart.Measured, 30, 10);
        _recorder.Iteration(MeasuredPart.Measured, 50, 40, "timeout", "no answer in 30 s");
        _recorder.Iteration(MeasuredPart.Measured, 60, 40, "timeout", "another message");
        _recorder.Iteration(MeasuredPart.WarmUp, 70, 45, "refused");

        Assert.Equal((30, 10), (Measured.ResponseOk.Max, Measured.ServiceOk.Max));
        Assert.Equal((60, 40, 2), (Measured.ResponseFailed.Max, Measured.ServiceFailed.Max, Measured.ResponseFailed.Count));
        Assert.Equal(new ErrorCount(2, "no answer in 30 s"), Assert.Single(Measured.Errors, e => e.Key == "timeout").Value);
        Assert.Equal(new ErrorCount(1, null), Assert.Single(WarmUp.Errors).Value);
        Assert.Equal((3, 1), (Measured.Finished, WarmUp.Finished));
    }

    [Fact]
    public void Counters_EachPart_AreKeptApart()
    {
        _recorder.Started(MeasuredPart.Measured);
        _recorder.Dropped(MeasuredPart.Measured, 3);
        _recorder.Missed(MeasuredPart.Measured, 4);
        _recorder.Interrupted(MeasuredPart.Measured);
        _recorder.UserTime(MeasuredPart.Measured, TimeSpan.FromSeconds(2));
        _recorder.Late(MeasuredPart.Measured, 500);
        _recorder.Dropped(MeasuredPart.WarmUp);

        Assert.Equal((1, 3, 4, 1), (Measured.Started, Measured.Dropped, Measured.Missed, Measured.Interrupted));
        Assert.Equal((TimeSpan.FromSeconds(2), 500), (Measured.UserTime, Measured.Lateness.Max));
        Assert.Equal((0, 1, 0), (WarmUp.Started, WarmUp.Dropped, WarmUp.Missed));
    }

    [Fact]
    public void Step_PassedAndFailed_ShareOneHistogram()
    {
        var step = _recorder.StepOf("pay");
        _recorder.Step(MeasuredPart.Measured, step, 100);
        _recorder.Step(MeasuredPart.Measured, step, 300, "declined", "card declined");

        var pay = Measured.Steps["pay"];
        Assert.Equal((1, 1, 2, 300), (pay.Ok, pay.Failed, pay.Service.Count, pay.Service.Max));
        Assert.Equal(new ErrorCount(1, "card declined"), pay.Errors["declined"]);
        Assert.Null(pay.Http);
        Assert.Empty(Measured.Errors);
    }

    [Fact]
    public void Http_StatusesAndBrokenOnes_AreCounted()
    {
        var step = _recorder.StepOf("(http)");
        _recorder.Http(MeasuredPart.Measured, step, 200, 10, 1_000, firstByte: 100, total: 300);
        _recorder.Http(MeasuredPart.Measured, step, 200, 10, 1_000, firstByte: 200, total: -1);
        _recorder.Http(MeasuredPart.Measured, step, 503, 10, 0, firstByte: 50, total: 60);
        _recorder.HttpBroken(MeasuredPart.Measured, step, 10, "HttpRequestException.ConnectionError", "refused");

        var http = Measured.Steps["(http)"].Http!;
        Assert.Equal((4, 1, 40, 2_000), (http.Requests, http.Broken, http.BytesSent, http.BytesReceived));
        Assert.Equal([new(200, 2), new(503, 1)], http.Statuses.OrderBy(s => s.Key));
        Assert.Equal((3, 50, 200), (http.FirstByte.Count, http.FirstByte.Min, http.FirstByte.Max));
        Assert.Equal((2, 360), (http.Total.Count, http.Total.Sum));
        Assert.Equal(new("HttpRequestException.ConnectionError", new(1, "refused")), Assert.Single(http.Errors));
    }

    [Fact]
    public void Check_PassedAndFailed_AreCounted()
    {
        _recorder.Check(MeasuredPart.Measured, "has title", true);
        _recorder.Check(MeasuredPart.Measured, "has title", true);
        _recorder.Check(MeasuredPart.Measured, "has title", false);
        _recorder.Check(MeasuredPart.Measured, "never passed", false);

        Assert.Equal(new CheckCount(2, 1), Measured.Checks["has title"]);
        Assert.Equal(new CheckCount(0, 1), Measured.Checks["never passed"]);
    }

    [Fact]
    public void Metrics_OfEachKind_KeepWhatTheirKindKeeps()
    {
        _recorder.Count(MeasuredPart.Measured, "orders", 3);
        _recorder.Count(MeasuredPart.Measured, "orders", -1);
        _recorder.Gauge(MeasuredPart.Measured, "depth", 5.5);
        _recorder.Gauge(MeasuredPart.Measured, "depth", 2.5);
        _recorder.Gauge(MeasuredPart.Measured, "depth", double.NaN);
        _recorder.Record(MeasuredPart.Measured, "rows", 12);

        var metrics = Measured.Metrics;
        Assert.Equal((MetricKind.Counter, 2, 2), (metrics["orders"].Kind, metrics["orders"].Count, metrics["orders"].Recorded));
        Assert.Equal((2, 2.5, 2.5, 5.5, 1), (metrics["depth"].Count, metrics["depth"].Last, metrics["depth"].Min, metrics["depth"].Max, metrics["depth"].Rejected));
        Assert.Equal((1, 12), (metrics["rows"].Values!.Count, metrics["rows"].Values!.Max));
        Assert.Null(metrics["orders"].Values);
    }

    [Fact]
    public void Metrics_SecondKindOfAName_IsRejectedAndCounted()
    {
        _recorder.Record(MeasuredPart.WarmUp, "size", 7);
        _recorder.Count(MeasuredPart.Measured, "size", 1);
        _recorder.Gauge(MeasuredPart.Measured, "size", 1);
        _recorder.Record(MeasuredPart.Measured, "size", 9);

        var size = Measured.Metrics["size"];
        Assert.Equal((MetricKind.Distribution, 1, 2, 0), (size.Kind, size.Recorded, size.Rejected, size.Count));
        Assert.Equal(9, size.Values!.Max);
        Assert.Equal(0, WarmUp.Metrics["size"].Rejected);
    }

    [Fact]
    public void Names_BeyondTheCap_ShareOneAndAreCounted()
    {
        for (var i = 0; i < NameTable.Cap + 5; i++)
        {
            _recorder.Check(MeasuredPart.Measured, "check " + i, true);
            _recorder.Step(MeasuredPart.Measured, _recorder.StepOf("step " + i), 1, "kind " + i);
            _recorder.Count(MeasuredPart.Measured, "metric " + i, 1);
        }

        _recorder.Check(MeasuredPart.Measured, "check 3", true);
        var set = Measured;
        Assert.Equal(NameTable.Cap + 1, set.Checks.Count);
        Assert.Equal((new CheckCount(5, 0), new CheckCount(2, 0)), (set.Checks["(other)"], set.Checks["check 3"]));
        Assert.Equal((5, 5), (set.Steps["(other)"].Failed, set.Steps["(other)"].Errors["(other)"].Count));
        Assert.Equal(5, set.Metrics["(other)"].Count);
        Assert.Equal(20, _recorder.Cut().NamesOverCap);
    }

    [Fact]
    public void Samples_LongMessage_IsCut()
    {
        _recorder.Iteration(MeasuredPart.Measured, 1, 1, "kind", new string('x', 5_000));
        _recorder.Step(MeasuredPart.Measured, _recorder.StepOf("s"), 1, "kind");
        _recorder.Step(MeasuredPart.Measured, _recorder.StepOf("s"), 1, "kind", "of the step");

        Assert.Equal(ErrorSamples.MostCharacters, Measured.Errors["kind"].Sample!.Length);
        Assert.Equal(new ErrorCount(2, "of the step"), Measured.Steps["s"].Errors["kind"]);
    }

    [Fact]
    public async Task Users_FromManyThreads_IsTheDifference()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    _recorder.UsersStarted(2);
                    _recorder.UsersStopped();
                }
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal((8_000, 8_000), (_recorder.Users, _recorder.Cut().Users));
    }

    [Fact]
    public void Recording_KnownNames_AllocatesNothing()
    {
        var step = _recorder.StepOf("step");
        RecordAll(10);

        Assert.Equal(0, MeasuredValues.LeastAllocated(() => RecordAll(200)));

        void RecordAll(int count)
        {
            for (var i = 0; i < count; i++)
            {
                _recorder.Started(MeasuredPart.Measured);
                _recorder.Late(MeasuredPart.Measured, 70);
                _recorder.Iteration(MeasuredPart.Measured, 80, 80);
                _recorder.Iteration(MeasuredPart.Measured, 80, 80, "kind", "message");
                _recorder.Step(MeasuredPart.Measured, step, 60);
                _recorder.Step(MeasuredPart.Measured, step, 60, "kind", "message");
                _recorder.Http(MeasuredPart.Measured, step, 200, 1, 1, 1, 1);
                _recorder.Check(MeasuredPart.Measured, "check", true);
                _recorder.Count(MeasuredPart.Measured, "counter", 1);
                _recorder.Gauge(MeasuredPart.Measured, "gauge", 1);
                _recorder.Record(MeasuredPart.Measured, "distribution", 1);
            }
        }
    }
}
