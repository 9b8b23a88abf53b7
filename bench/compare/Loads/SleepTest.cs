namespace Orca.Compare.Loads;

/// <summary>Users that sleep, with the two locals that any test has.</summary>
internal sealed class SleepTest : ILoadTest
{
    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        var (first, second) = (user.Id, user.Iteration);
        await user.ThinkAsync(TimeSpan.FromMinutes(10));
        user.Check("never here", first == second);
    }
}
