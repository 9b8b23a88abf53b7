namespace Orca;

/// <summary>The rows of one drone, one after the other, each once.</summary>
internal sealed class UniqueFeed<T> : DataFeed<T>
{
    private readonly DroneInfo _drone;
    private long _taken;

    public UniqueFeed(IEnumerable<T> rows, DroneInfo drone)
        : base(rows)
    {
        ArgumentNullException.ThrowIfNull(drone);
        _drone = drone;
    }

    public override T Next(VirtualUser user)
    {
        var row = _drone.Index + ((Interlocked.Increment(ref _taken) - 1) * _drone.Count);
        return row < Rows.Length ? Rows[row] : throw Exhausted();
    }

    private DataFeedExhaustedException Exhausted()
    {
        var own = (Rows.Length - _drone.Index + _drone.Count - 1) / _drone.Count;
        return new($"Drone {_drone.Index} has handed out all of its {Math.Max(own, 0)} rows, of {Rows.Length} in the swarm of {_drone.Count}. Provide more rows than there are iterations, or take Circular or Random.");
    }
}
