/// <summary>Ends its process as one does that has lost its state.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        Environment.FailFast("this test gives up");
        return default;
    }
}
