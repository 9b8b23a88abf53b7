namespace Orca;

/// <summary>Rows of test data that iterations take one of: log-ins, search terms, order numbers. Safe for use from any thread.</summary>
/// <remarks>
/// Make it when the test is constructed or set up and keep it in a field: it then serves all users of the scenario on this drone.
/// Two scenarios that use the same test have a feed each, and each of them hands out every row. Taking a row allocates nothing.
/// </remarks>
/// <typeparam name="T">A row.</typeparam>
public abstract class DataFeed<T>
{
    private protected DataFeed(IEnumerable<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Rows = [.. rows];
        if (Rows.Length == 0)
        {
            throw new ArgumentException("A data feed needs at least one row, and there is none.", nameof(rows));
        }
    }

    /// <summary>Gets how many rows the whole feed has, in the swarm.</summary>
    public int Count => Rows.Length;

    private protected T[] Rows { get; }

    /// <summary>A feed that goes through the rows in order and begins again after the last.</summary>
    /// <remarks>
    /// The row goes with the iteration, not with who came first, so that every run of the same plan pairs them alike, on however many
    /// drones: iteration k of open load or fixed iterations takes row k, and under closed load user u takes row u first, then
    /// row u + 1, and so on. Asked again in the same iteration it gives the same row; in <see cref="ILoadTest.StartUserAsync"/> each
    /// user gets that of its own number. Every row is used as often as any other, give or take those of the last round.
    /// </remarks>
    /// <param name="rows">The rows, at least one; copied.</param>
    public static DataFeed<T> Circular(IEnumerable<T> rows) => new CircularFeed<T>(rows);

    /// <summary>A feed that draws a row with the user's own <see cref="VirtualUser.Random"/>, each as likely as any other.</summary>
    /// <remarks>
    /// So a run can be repeated: an iteration draws the same rows in every run of the same plan and seed. Asked again in the same
    /// iteration it draws again. As with the random numbers themselves, one thread at a time may draw for one user.
    /// </remarks>
    /// <param name="rows">The rows, at least one; copied.</param>
    public static DataFeed<T> Random(IEnumerable<T> rows) => new RandomFeed<T>(rows);

    /// <summary>A feed that hands out each row once in the whole swarm; a drone that has none left throws <see cref="DataFeedExhaustedException"/>.</summary>
    /// <remarks>
    /// Row k belongs to drone k mod <see cref="DroneInfo.Count"/>. Each call takes the drone's next row, so that two calls in one
    /// iteration take two; which iteration takes which of the drone's rows is a matter of time. What a drone had not handed out when
    /// it was lost is not handed out by another, who cannot know how far it had come; and those who take over its load
    /// take their own rows for it. Provide rows to spare.
    /// </remarks>
    /// <param name="rows">The rows of the whole swarm, at least one, the same on every drone and in the same order; copied.</param>
    /// <param name="drone">The drone's place: <see cref="LoadTestContext.Drone"/>.</param>
    public static DataFeed<T> Unique(IEnumerable<T> rows, DroneInfo drone) => new UniqueFeed<T>(rows, drone);

    /// <summary>Takes a row for the iteration that a user is in.</summary>
    /// <param name="user">The user.</param>
    /// <exception cref="DataFeedExhaustedException">The rows are unique, and all of this drone's are handed out.</exception>
    public abstract T Next(VirtualUser user);
}
