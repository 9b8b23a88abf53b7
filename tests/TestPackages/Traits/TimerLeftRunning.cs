/// <summary>Leaves a timer running.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    private static Timer? _timer;

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        _timer ??= new Timer(_ => { }, null, 0, 10);
        return default;
    }
}
