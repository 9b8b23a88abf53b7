using System.Runtime.InteropServices;

namespace Orca.Runs.Workers.Child;

/// <summary>What a test's process and all that it starts belong to, on Unix: it can be ended as a whole, also when the process itself has ended before.</summary>
internal static partial class ProcessGroup
{
    private const int KillSignal = 9;

    /// <summary>Makes this process the first of a group of its own, which the terminal's Ctrl-C does not reach.</summary>
    public static void Lead()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSession();
        }
    }

    /// <summary>Ends whatever is left of the group that a process has led.</summary>
    public static void Kill(int process)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Signal(-process, KillSignal);
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
