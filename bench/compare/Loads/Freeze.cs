using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orca.Compare.Loads;

/// <summary>Stops a target for a second while a load runs, as a pause of its garbage collector or its disk would.</summary>
internal static partial class Freeze
{
    private const int Stop = 19;
    private const int Continue = 18;

    /// <summary>Freezes a process after a while; how long it stood still, in seconds.</summary>
    public static async Task<double> RunAsync(int process, TimeSpan after)
    {
        await Task.Delay(after);
        var began = Stopwatch.GetTimestamp();
        Send(process, Stop);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var length = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Send(process, Continue);
        return length;
    }

    private static void Send(int process, int signal)
    {
        if (SendSignal(process, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} to process {process} failed with {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
