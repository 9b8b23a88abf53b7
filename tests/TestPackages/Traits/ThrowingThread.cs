/// <summary>Throws where nobody can catch it.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        new Thread(() => throw new InvalidTimeZoneException("on a thread of its own")).Start();
        return default;
    }
}
