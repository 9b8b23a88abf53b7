/// <summary>Ends its process as a console program might.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        Environment.Exit(3);
        return default;
    }
}
