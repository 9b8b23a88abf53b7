namespace Orca.Measurement;

/// <summary>Records one scenario's measurements, from any thread.</summary>
internal sealed class ScenarioRecorder
{
    /// <summary>Users that are started now.</summary>
    public int Users { get; set; }

    /// <summary>The number of a step's name, for the recording calls; the capped rest shares that of <c>(other)</c>.</summary>
    public int StepOf(string name) => throw new NotImplementedException();

    public void Started(MeasuredPart part) => throw new NotImplementedException();

    /// <summary>An arrival started so late, in nanoseconds.</summary>
    public void Late(MeasuredPart part, long lateness) => throw new NotImplementedException();

    public void Dropped(MeasuredPart part, long count = 1) => throw new NotImplementedException();

    public void Missed(MeasuredPart part, long count = 1) => throw new NotImplementedException();

    public void Interrupted(MeasuredPart part, long count = 1) => throw new NotImplementedException();

    public void UserTime(MeasuredPart part, TimeSpan time) => throw new NotImplementedException();

    /// <summary>A finished iteration; times in nanoseconds; a null error kind means it passed.</summary>
    public void Iteration(MeasuredPart part, long response, long service, string? errorKind = null, string? message = null) => throw new NotImplementedException();

    public void Step(MeasuredPart part, int step, long service, string? errorKind = null, string? message = null) => throw new NotImplementedException();

    /// <summary>An HTTP request of a step; status 0 means it ended without a response.</summary>
    public void Http(MeasuredPart part, int step, int status, long bytesSent, long bytesReceived) => throw new NotImplementedException();

    public void Check(MeasuredPart part, string name, bool passed) => throw new NotImplementedException();

    public void Count(MeasuredPart part, string metric, long amount) => throw new NotImplementedException();

    public void Gauge(MeasuredPart part, string metric, double value) => throw new NotImplementedException();

    public void Record(MeasuredPart part, string metric, long value) => throw new NotImplementedException();
}
