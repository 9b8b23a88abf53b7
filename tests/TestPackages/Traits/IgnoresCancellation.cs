/// <summary>Never returns, and ignores its token.</summary>
public sealed class SampleLoadTest : ILoadTest
{
    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) => await Task.Delay(Timeout.Infinite, CancellationToken.None);
}
