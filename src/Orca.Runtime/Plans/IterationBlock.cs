namespace Orca.Plans;

/// <summary>A fixed number of iterations that some users share: iteration k belongs to the slot of user k mod <paramref name="Users"/>.</summary>
/// <remarks>So a drone that owns none of the users owns none of the iterations either.</remarks>
/// <param name="First">The number of the first iteration in the scenario.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Users">How many users share them, in the swarm.</param>
/// <param name="From">The run time from which they may start.</param>
/// <param name="To">The run time by which they must be done.</param>
internal sealed record IterationBlock(long First, long Count, int Users, TimeSpan From, TimeSpan To)
{
    /// <summary>The number past the last.</summary>
    public long End => First + Count;

    /// <summary>The user whose slot an iteration belongs to.</summary>
    public int UserOf(long iteration) => (int)(iteration % Users);

    /// <summary>How many of a user's iterations are numbered below <paramref name="number"/>.</summary>
    public long CountOf(int user, long number) => Below(number, user) - Below(First, user);

    private long Below(long number, int user) => (number - user + Users - 1) / Users;
}
