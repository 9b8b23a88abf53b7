/// <summary>Cannot be constructed.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public SampleLoadTest() => throw new InvalidTimeZoneException("no such zone");

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
}
