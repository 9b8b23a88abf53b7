namespace Orca.Compare.Package;

/// <summary>Asks the target once in each iteration.</summary>
[LoadTest("get")]
public sealed class GetLoadTest : ILoadTest
{
    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        using var answer = await user.Http.GetAsync("/", ct);
    }
}
