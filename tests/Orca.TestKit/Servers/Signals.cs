using System.Runtime.InteropServices;

namespace Orca.TestKit.Servers;

/// <summary>Signals to processes that a test has started itself.</summary>
internal static partial class Signals
{
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int processId, int signal)
    {
        if (kill(processId, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} did not reach process {processId}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int processId, int signal);
}
