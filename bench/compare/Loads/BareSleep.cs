using System.Diagnostics;
using Orca.Execution;
using Orca.Measurement;

namespace Orca.Compare.Loads;

/// <summary>The yardstick of lateness: a thread that sleeps precisely until each of its times, and does nothing else.</summary>
internal static class BareSleep
{
    public static Task<Reading> RunAsync(Options options)
    {
        var ended = new TaskCompletionSource<Reading>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => ended.SetResult(Sleep(options.Number("rate", 1000), options.Seconds("seconds", 3)))).Start();
        return ended.Task;
    }

    private static Reading Sleep(int rate, TimeSpan length)
    {
        PreciseSleep.PrepareThread();
        var clock = new RunClock(TimeProvider.System);
        var late = new Histogram(3);
        var start = Meter.Read();
        var gap = Stopwatch.Frequency / rate;
        for (var due = start.At; Stopwatch.GetElapsedTime(start.At) < length; due += gap)
        {
            PreciseSleep.Until(due, clock);
            late.Record(Stopwatch.GetTimestamp() - due);
        }

        var reading = new Reading { ["late50"] = late.ValueAt(50) / 1e6, ["late99"] = late.ValueAt(99) / 1e6, ["lateMax"] = late.Max / 1e6 };
        Meter.Read().AddTo(reading, start, late.Count);
        return reading;
    }
}
