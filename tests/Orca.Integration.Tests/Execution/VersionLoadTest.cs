using Microsoft.Extensions.Configuration;

namespace Orca.Integration.Tests.Execution;

/// <summary>Asks its target which version of HTTP it was asked with.</summary>
internal sealed class VersionLoadTest(IConfiguration parameters) : ILoadTest
{
    private readonly Version _version = Version.Parse(parameters["version"]!);

    public ValueTask StartUserAsync(VirtualUser user, CancellationToken ct)
    {
        user.Http.DefaultRequestVersion = _version;
        user.Http.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return default;
    }

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => user.StepAsync("ask", async ct =>
    {
        var answer = await user.Http.GetStringAsync("/", ct);
        if (!answer.StartsWith($"HTTP/{_version.Major}", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The target was asked by {answer}.");
        }
    });
}
