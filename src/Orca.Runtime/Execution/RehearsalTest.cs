namespace Orca.Execution;

/// <summary>A test that does once what most tests do all the time.</summary>
internal sealed class RehearsalTest : ILoadTest
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        await user.StepAsync("get", user, static (user, _, ct) => GetAsync(user, ct));
        var text = await user.StepAsync("read", async ct => await user.Http.GetStringAsync("/", ct));
        user.Check("answered", text.Length > 0);
        user.Count("answers");
        user.Record("length", text.Length);
        await user.ThinkAsync(Pause, 2 * Pause);
        _ = user.Random.Next();
    }

    private static async ValueTask GetAsync(VirtualUser user, CancellationToken ct)
    {
        using var response = await user.Http.GetAsync("/", ct);
        response.EnsureSuccessStatusCode();
    }
}
