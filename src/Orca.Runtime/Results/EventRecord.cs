namespace Orca.Results;

/// <summary>The wire form of an event.</summary>
internal sealed record EventRecord
{
    public int V { get; init; }

    public long Fencing { get; init; }

    public RunEventKind? Kind { get; init; }

    public DateTimeOffset? Time { get; init; }

    public string? Text { get; init; }

    /// <summary>In ticks, so that it stays exact.</summary>
    public long? RunTime { get; init; }

    public string? Drone { get; init; }
}
