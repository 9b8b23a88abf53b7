/// <summary>Finds its static state as it left it, or rather must not.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    private static int _lives;

    public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) =>
        Interlocked.Increment(ref _lives) == 1 ? default : throw new InvalidOperationException("Somebody has lived here before.");

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
}
