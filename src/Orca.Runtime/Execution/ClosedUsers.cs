namespace Orca.Execution;

/// <summary>The users that the closed load of a scenario has made on this drone, by their numbers.</summary>
/// <remarks>Made by the dispatcher, or before it runs; others read.</remarks>
internal sealed class ClosedUsers(ScenarioLoad load)
{
    private readonly ClosedUser?[] _users = new ClosedUser?[load.Schedule.PeakUsers];

    public IEnumerable<ClosedUser> All => _users.OfType<ClosedUser>();

    /// <summary>Those that their load wants to iterate.</summary>
    public IEnumerable<ClosedUser> Active => All.Where(user => user.IsActive);

    public ClosedUser? this[int number] => _users[number];

    public ClosedUser GetOrAdd(int number, ClosedDuty duty)
    {
        if (_users[number] is { } user)
        {
            return user;
        }

        user = new ClosedUser(load, number, duty);
        Volatile.Write(ref _users[number], user);
        return user;
    }

    /// <summary>Takes users out; which they were.</summary>
    public IReadOnlyList<ClosedUser> RemoveAll(Func<ClosedUser, bool> isLost)
    {
        var lost = All.Where(isLost).ToList();
        foreach (var user in lost)
        {
            _users[user.Id] = null;
        }

        return lost;
    }
}
