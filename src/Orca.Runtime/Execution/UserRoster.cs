namespace Orca.Execution;

/// <summary>The users that the open load of a scenario has made on this drone, for those who stop or abandon them.</summary>
internal sealed class UserRoster
{
    private readonly Lock _lock = new();
    private readonly List<ArrivalUser> _users = [];

    public void Add(ArrivalUser user)
    {
        lock (_lock)
        {
            user.PlaceInRoster = _users.Count;
            _users.Add(user);
        }
    }

    public void Remove(ArrivalUser user)
    {
        lock (_lock)
        {
            // The last one takes its place.
            var last = _users[^1];
            (_users[user.PlaceInRoster], last.PlaceInRoster) = (last, user.PlaceInRoster);
            _users.RemoveAt(_users.Count - 1);
        }
    }

    public IReadOnlyList<ArrivalUser> All()
    {
        lock (_lock)
        {
            return [.. _users];
        }
    }
}
