namespace Orca.Compare.Loads;

/// <summary>One GET for each iteration.</summary>
internal sealed class GetTest(Uri url) : ILoadTest
{
    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        using var response = await user.Http.GetAsync(url, ct);
    }
}
