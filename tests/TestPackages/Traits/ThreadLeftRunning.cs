/// <summary>Leaves a thread running that would keep a process alive.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    private static int _started;

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            new Thread(() => Thread.Sleep(Timeout.Infinite)).Start();
        }

        return default;
    }
}
