using System.Collections.Immutable;

namespace Orca.Results.Console.Live;

/// <summary>What the live view shows at a moment.</summary>
internal sealed record LiveView
{
    public required RunStarted Started { get; init; }

    /// <summary>The time since the common start; negative before it.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether the last stage is over, or the run was asked to stop.</summary>
    public bool Draining { get; init; }

    public RunInterval? Last { get; init; }

    /// <summary>Whether the newest figures are older than they should be, because a drone does not report.</summary>
    public bool IsBehind => Last is { } last && !Draining && Elapsed - last.To > 3 * Started.Interval;

    /// <summary>Each scenario's figures, measured or of the warm-up, of the last interval in which any of its iterations finished.</summary>
    public ImmutableDictionary<string, IntervalTimes> Times { get; init; } = ImmutableDictionary<string, IntervalTimes>.Empty;

    public ImmutableArray<LivePoint> Course { get; init; } = [];

    public ImmutableHashSet<string> Lost { get; init; } = [];

    /// <summary>Events and lines of the log, the newest last.</summary>
    public ImmutableArray<LiveNote> Notes { get; init; } = [];

    public long Asked { get; init; }

    public long Arrived { get; init; }

    public long Finished { get; init; }

    public long Failed { get; init; }

    public long Dropped { get; init; }

    public long Missed { get; init; }
}
