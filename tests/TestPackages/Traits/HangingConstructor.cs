/// <summary>Is never done with being constructed.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public SampleLoadTest() => Thread.Sleep(Timeout.Infinite);

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
}
