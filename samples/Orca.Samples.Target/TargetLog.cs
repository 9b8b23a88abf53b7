namespace Orca.Samples.Target;

/// <summary>Counts what the target is sent, exactly and without locks.</summary>
internal sealed class TargetLog(TimeProvider clock)
{
    private TargetCounts _counts = new(clock);

    /// <summary>Gets the count that goes on now. A request counts in the one that it arrived in.</summary>
    public TargetCounts Counts => Volatile.Read(ref _counts);

    public void EchoConnected() => Counts.EchoConnected();

    public void EchoReceived() => Counts.EchoReceived();

    public TargetReading Read() => Counts.Read();

    public void Reset() => Volatile.Write(ref _counts, new TargetCounts(clock));
}
