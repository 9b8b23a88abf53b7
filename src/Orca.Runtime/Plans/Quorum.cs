namespace Orca.Plans;

/// <summary>How many drones a run needs, and how many it takes.</summary>
/// <param name="Min">The fewest drones that the run starts with, at least 1.</param>
/// <param name="Max">The most drones that the run takes, at least <paramref name="Min"/>.</param>
/// <param name="Wait">How long, after the minimum has joined, more are waited for.</param>
public sealed record Quorum(int Min, int Max, TimeSpan Wait)
{
    /// <summary>One drone.</summary>
    public static Quorum One { get; } = Of(1);

    /// <summary>Exactly so many drones.</summary>
    /// <param name="drones">At least 1.</param>
    public static Quorum Of(int drones) => new(drones, drones, TimeSpan.Zero);
}
