/// <summary>Never returns, and keeps its thread.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        while (true)
        {
        }
    }
}
