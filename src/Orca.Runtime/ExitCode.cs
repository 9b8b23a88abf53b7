namespace Orca;

/// <summary>The exit codes of everything that runs a plan.</summary>
public static class ExitCode
{
    /// <summary>The run passed.</summary>
    public const int Passed = 0;

    /// <summary>A threshold failed, an aborting one included.</summary>
    public const int Failed = 1;

    /// <summary>Bad input or configuration; nothing was run and nothing is left behind.</summary>
    public const int BadInput = 2;

    /// <summary>The run was aborted: no quorum, a failed set-up, or a stop request.</summary>
    public const int Aborted = 3;

    /// <summary>The load produced was not the load asked for.</summary>
    public const int Invalid = 4;

    /// <summary>Interrupted by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
