namespace Orca.Runs.Workers.Child;

/// <summary>How a child ended.</summary>
/// <param name="Code">Its exit code; past 128 a signal's number on Unix.</param>
/// <param name="LastWords">The last lines of its standard error, or what the runtime said of a crash.</param>
/// <param name="KilledBecause">Why the drone ended it, or null.</param>
internal sealed record ChildExit(int Code, IReadOnlyList<string> LastWords, string? KilledBecause)
{
    /// <summary>The end as a problem of the package that ran there.</summary>
    public Problem AsProblem(string package)
    {
        var how = KilledBecause is { } because ? $"was ended: {because}" : $"ended by itself with exit code {Code}{Meaning(Code)}";
        var words = LastWords.Count == 0 ? "It wrote nothing to standard error." : $"Its last lines: {string.Join(" | ", LastWords)}";
        return new($"The process that ran {package} {how}. {words}")
        {
            Advice = KilledBecause is null ? "The drone goes on; correct the test, which LoadTestHost.RunOnceAsync runs in a debugger." : null,
        };
    }

    private static string Meaning(int code) => OperatingSystem.IsWindows() ? "" : code switch
    {
        134 => " (abort: a crash, a stack overflow, FailFast or an exception that nobody caught)",
        137 => " (kill: from outside, or by the system when its memory ran out)",
        139 => " (segmentation fault)",
        _ => "",
    };
}
