using System.Net;
using Orca;

namespace Company.LoadTests_1;

/// <summary>A visitor looks in, reads for a moment, and comes back.</summary>
[LoadTest("scenario-1", Description = "A visitor looks in.")]
public sealed class Scenario1LoadTest : ILoadTest
{
    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        // A step is timed. An exception fails it, and the iteration with it.
        var status = await user.StepAsync("home", async ct =>
        {
            using var response = await user.Http.GetAsync("/", ct);
            response.EnsureSuccessStatusCode();
            return response.StatusCode;
        });

        // A check is counted, and fails nothing by itself: a threshold of the plan may.
        user.Check("answers", status == HttpStatusCode.OK);

        await user.ThinkAsync(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(600));
    }
}
