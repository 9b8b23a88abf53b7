namespace Orca.Compare.Loads;

/// <summary>Does nothing, and never waits.</summary>
internal sealed class EmptyTest : ILoadTest
{
    private readonly List<VirtualUser> _users = [];

    /// <summary>The fewest iterations of a user by the most.</summary>
    public double Fairness => (double)_users.Min(user => user.Iteration + 1) / _users.Max(user => user.Iteration + 1);

    public ValueTask StartUserAsync(VirtualUser user, CancellationToken ct)
    {
        lock (_users)
        {
            _users.Add(user);
        }

        return default;
    }

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
}
