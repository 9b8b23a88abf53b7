using System.Collections.Immutable;

namespace Orca.Results;

/// <summary>What one step did.</summary>
public sealed record StepStatistics
{
    /// <summary>Gets the step's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how many passed.</summary>
    public long Ok { get; init; }

    /// <summary>Gets how many failed.</summary>
    public long Failed { get; init; }

    /// <summary>Gets how many finished per second.</summary>
    public double Rate { get; init; }

    /// <summary>Gets the times from start to end; <see langword="null"/> where none finished.</summary>
    public TimeStatistics? Service { get; init; }

    /// <summary>Gets the kinds of errors, the most frequent first.</summary>
    public ImmutableArray<ErrorStatistics> Errors { get; init; } = [];

    /// <summary>Gets the HTTP requests that counted in it; <see langword="null"/> where there were none.</summary>
    public HttpStatistics? Http { get; init; }
}
