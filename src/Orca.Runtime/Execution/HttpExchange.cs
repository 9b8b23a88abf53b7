using Orca.Measurement;

namespace Orca.Execution;

/// <summary>One request and its answer, counted once: when the answer was read, given up, or the iteration is over.</summary>
internal sealed class HttpExchange(SimulatedUser user, MeasuredPart part, int step, int status, long bytesSent)
{
    private long _received;
    private int _isCounted;

    public void Received(long bytes) => Interlocked.Add(ref _received, bytes);

    public void Count()
    {
        if (Interlocked.Exchange(ref _isCounted, 1) == 0 && !user.Load.Run.IsClosed)
        {
            user.Load.Recorder.Http(part, step, status, bytesSent, Interlocked.Read(ref _received));
        }
    }

    /// <summary>Counts the exchange as soon as its answer has ended.</summary>
    public void Ended()
    {
        user.OwnHttp.Closed(this);
        Count();
    }
}
