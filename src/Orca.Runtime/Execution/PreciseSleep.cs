using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orca.Execution;

/// <summary>A short sleep of the dispatcher's thread until a timestamp: nanoseconds on Linux, a millisecond at a time elsewhere.</summary>
internal static partial class PreciseSleep
{
    private const int ClockMonotonic = 1;
    private const int AbsoluteTime = 1;
    private const int SetTimerSlack = 29;
    private const ulong ShortestSlice = 100_000;
    private const ulong ShortSlice = 500_000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    // There the stopwatch is the monotonic clock in nanoseconds.
    private static readonly bool IsNative = OperatingSystem.IsLinux() && Stopwatch.Frequency == NanosecondsPerSecond;

    /// <summary>Once on the thread that will sleep: the kernel otherwise adds 50 µs, and lets whoever is running when the thread wakes go on for up to 3 ms.</summary>
    public static void PrepareThread()
    {
        if (IsNative)
        {
            _ = SetProcessControl(SetTimerSlack, 1, 0, 0, 0);
            AskForSlices(ShortestSlice);
        }
    }

    /// <summary>Once on a thread that runs users: it, too, then comes before others of the machine when it has something to do, though behind the dispatcher's.</summary>
    public static void PrepareRunner()
    {
        if (IsNative)
        {
            AskForSlices(ShortSlice);
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

    // A thread that asks to run in short slices (sched(7), sched_setattr(2); heeded since Linux 6.12) comes before others when it
    // wakes. It asks for no greater share of the processor, so no privilege is needed; an older kernel changes nothing.
    private static void AskForSlices(ulong nanoseconds)
    {
        var (get, set) = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => (315, 314),
            Architecture.Arm64 => (275, 274),
            _ => (0, 0),
        };
        var attributes = default(SchedulingAttributes);
        var size = (nuint)Unsafe.SizeOf<SchedulingAttributes>();
        if (get != 0 && GetAttributes(get, 0, ref attributes, size, 0) == 0)
        {
            attributes.Size = (uint)size;
            attributes.Runtime = nanoseconds;
            _ = SetAttributes(set, 0, in attributes, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint GetAttributes(nint call, nint thread, ref SchedulingAttributes attributes, nuint size, nuint flags);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SetAttributes(nint call, nint thread, in SchedulingAttributes attributes, nuint flags);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, in TimeSpec time, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int SetProcessControl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);

    // struct sched_attr in its first version, which every kernel knows; time in nanoseconds.
    private struct SchedulingAttributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
