/// <summary>Does nothing; what is told of it is in its nuspec.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
}
