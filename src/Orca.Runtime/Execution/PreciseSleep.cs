using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orca.Execution;

/// <summary>A short sleep of the dispatcher's thread until a timestamp: nanoseconds on Linux, a millisecond at a time elsewhere.</summary>
internal static partial class PreciseSleep
{
    private const int ClockMonotonic = 1;
    private const int AbsoluteTime = 1;
    private const int SetTimerSlack = 29;
    private const long NanosecondsPerSecond = 1_000_000_000;

    // There the stopwatch is the monotonic clock in nanoseconds.
    private static readonly bool IsNative = OperatingSystem.IsLinux() && Stopwatch.Frequency == NanosecondsPerSecond;

    /// <summary>Once on the thread that will sleep: the kernel otherwise adds 50 µs.</summary>
    public static void PrepareThread()
    {
        if (IsNative)
        {
            _ = SetProcessControl(SetTimerSlack, 1, 0, 0, 0);
        }
    }

    public static void Until(long timestamp, RunClock clock)
    {
        if (IsNative)
        {
            // Interrupted or refused, the caller looks at the clock and sleeps again.
            var time = new TimeSpec((nint)(timestamp / NanosecondsPerSecond), (nint)(timestamp % NanosecondsPerSecond));
            _ = ClockNanosleep(ClockMonotonic, AbsoluteTime, in time, 0);
            return;
        }

        while (clock.Now < timestamp)
        {
#pragma warning disable RS0030 // The dispatcher's own thread is the one that sleeps.
            Thread.Sleep(1);
#pragma warning restore RS0030
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, in TimeSpec time, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int SetProcessControl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
