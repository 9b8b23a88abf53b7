namespace Orca;

/// <summary>A failure as a value: what was tried with what, where, and what to do next.</summary>
/// <param name="What">What was tried, with what, and how it failed, in one sentence.</param>
public sealed record Problem(string What)
{
    /// <summary>Gets the place: a JSON path of the plan (<c>scenarios.browse.load[0].for</c>), a file, an option. Default: none.</summary>
    public string? Where { get; init; }

    /// <summary>Gets what to do next, in one sentence. Default: none.</summary>
    public string? Advice { get; init; }

    /// <summary>Gets the file that the place lies in. Default: none.</summary>
    internal string? File { get; init; }

    /// <summary>Gets the line in that file, from 1; 0 where it has no lines or they are not known.</summary>
    internal int Line { get; init; }

    /// <summary>Gets the problem as one line: place, what, advice.</summary>
    public override string ToString() =>
        (Where is null ? "" : Where + ": ") + What + (Advice is null ? "" : " " + Advice);
}
