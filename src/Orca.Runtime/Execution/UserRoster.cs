namespace Orca.Execution;

/// <summary>The users that one load of a scenario has made on this drone, for those who stop or abandon them.</summary>
internal sealed class UserRoster
{
    private readonly Lock _lock = new();
    private readonly HashSet<SimulatedUser> _users = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _users.Count;
            }
        }
    }

    public void Add(SimulatedUser user)
    {
        lock (_lock)
        {
            _users.Add(user);
        }
    }

    public void Remove(SimulatedUser user)
    {
        lock (_lock)
        {
            _users.Remove(user);
        }
    }

    public IReadOnlyList<SimulatedUser> All()
    {
        lock (_lock)
        {
            return [.. _users];
        }
    }
}
