/// <summary>Hooks into all that a process has, and never lets it exit.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public SampleLoadTest()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Thread.Sleep(Timeout.Infinite);
        AppDomain.CurrentDomain.UnhandledException += (_, _) => { };
        AppDomain.CurrentDomain.FirstChanceException += (_, _) => { };
        TaskScheduler.UnobservedTaskException += (_, e) => e.SetObserved();
        Console.CancelKeyPress += (_, e) => e.Cancel = true;
    }

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
}
