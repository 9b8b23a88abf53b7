/// <summary>Leaves a process running.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    private static int _started;

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            var sleeper = System.Diagnostics.Process.Start("sleep", "3600");
            user.Context.Logger.LogInformation("sleeper {Process}", sleeper.Id);
        }

        return default;
    }
}
