using System.Runtime.CompilerServices;

namespace Orca.Compare.Loads;

/// <summary>One GET for each iteration. Its own state is pooled, so that what it allocates beyond the bare loop is the engine's.</summary>
internal sealed class GetTest(Uri url) : ILoadTest
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        using var response = await user.Http.GetAsync(url, ct);
    }
}
