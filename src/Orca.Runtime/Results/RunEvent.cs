namespace Orca.Results;

/// <summary>Something that happened in a run and that the report marks.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Time">The wall-clock time.</param>
/// <param name="Text">What happened, in one sentence.</param>
public sealed record RunEvent(RunEventKind Kind, DateTimeOffset Time, string Text)
{
    /// <summary>Gets the run time, or <see langword="null"/> before the load begins.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>Gets the drone that it concerns, or <see langword="null"/>.</summary>
    public string? Drone { get; init; }
}
