namespace Orca.Results;

/// <summary>The one value that every sink gets at the end of a run; JSON schema <c>orca.report/1</c>.</summary>
public sealed record RunReport
{
    /// <summary>Gets the run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>Gets what the run came to.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Gets the exit code that a runner of this run ends with.</summary>
    public required int ExitCode { get; init; }
}
