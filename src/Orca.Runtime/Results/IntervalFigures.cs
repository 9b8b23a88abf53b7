using System.Collections.Immutable;

namespace Orca.Results;

/// <summary>What one scenario, or all of them, did in one interval.</summary>
public sealed record IntervalFigures
{
    internal static IntervalFigures None { get; } = new() { Name = "swarm" };

    /// <summary>Gets the scenario's name; <c>swarm</c> for all of them.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how many users the plan asks for at the interval's end.</summary>
    public int UsersAsked { get; init; }

    /// <summary>Gets how many users were started at the interval's end, on all drones.</summary>
    public int Users { get; init; }

    /// <summary>Gets the arrivals that the plan has in the interval.</summary>
    public long ArrivalsAsked { get; init; }

    /// <summary>Gets the arrivals that were started.</summary>
    public long Arrivals { get; init; }

    /// <summary>Gets the user time that the plan has in the interval.</summary>
    public TimeSpan UserTimeAsked { get; init; }

    /// <summary>Gets the user time that was delivered.</summary>
    public TimeSpan UserTime { get; init; }

    /// <summary>Gets the iterations started.</summary>
    public long Started { get; init; }

    /// <summary>Gets the arrivals for which no user was free.</summary>
    public long Dropped { get; init; }

    /// <summary>Gets the arrivals that the generator was too late for.</summary>
    public long Missed { get; init; }

    /// <summary>Gets the iterations abandoned at the end.</summary>
    public long Interrupted { get; init; }

    /// <summary>Gets the iterations that finished and passed.</summary>
    public long Ok { get; init; }

    /// <summary>Gets the iterations that finished and failed.</summary>
    public long Failed { get; init; }

    /// <summary>Gets the finished iterations per second.</summary>
    public double Rate { get; init; }

    /// <summary>Gets the time from the intended start, of finished iterations; <see langword="null"/> where there were none.</summary>
    public IntervalTimes? Response { get; init; }

    /// <summary>Gets the time from the actual start, of finished iterations; <see langword="null"/> where there were none.</summary>
    public IntervalTimes? Service { get; init; }

    /// <summary>Gets how the times from the intended start spread; <see langword="null"/> where none finished.</summary>
    public TimeSpread? Spread { get; init; }

    /// <summary>Gets the p99 of how late arrivals were started, in milliseconds; <see langword="null"/> where there were none.</summary>
    public double? LatenessP99 { get; init; }

    /// <summary>Gets the bytes sent over HTTP.</summary>
    public long BytesSent { get; init; }

    /// <summary>Gets the bytes received over HTTP.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Gets the iterations that failed, by kind.</summary>
    public ImmutableArray<IntervalErrors> Errors { get; init; } = [];

    /// <summary>Gets the steps that finished.</summary>
    public ImmutableArray<IntervalStep> Steps { get; init; } = [];

    /// <summary>Gets the response times as a compressed HdrHistogram (V2), as HdrHistogram logs hold them; empty where none.</summary>
    internal ReadOnlyMemory<byte> ResponseHistogram { get; init; }

    /// <summary>Gets the service times as a compressed HdrHistogram (V2).</summary>
    internal ReadOnlyMemory<byte> ServiceHistogram { get; init; }
}
