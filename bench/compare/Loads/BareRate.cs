using System.Diagnostics;
using Orca.Execution;

namespace Orca.Compare.Loads;

/// <summary>The yardstick of open load: a thread that sleeps precisely until each arrival and has the thread pool ask with one shared <see cref="HttpClient"/>; nothing recorded.</summary>
internal static class BareRate
{
    private static long _done;

    public static async Task<Reading> RunAsync(Options options)
    {
        using var client = BareClient.Create();
        var url = new Uri(options.Text("url"));
        var (warm, length) = (options.Seconds("warm", 2), options.Seconds("seconds", 5));
        var arriving = new Thread(() => Arrive(client, url, options.Number("rate", 2000), length));
        arriving.Start();
        await Task.Delay(warm);
        var (count, since) = (Interlocked.Read(ref _done), Meter.Read());
        await Task.Delay(length - warm - TimeSpan.FromMilliseconds(50));
        var reading = new Reading();
        Meter.Read().AddTo(reading, since, Interlocked.Read(ref _done) - count);
        await Task.Run(arriving.Join);
        return reading;
    }

    private static void Arrive(HttpClient client, Uri url, int rate, TimeSpan length)
    {
        PreciseSleep.PrepareThread();
        var clock = new RunClock(TimeProvider.System);
        var (start, gap) = (Stopwatch.GetTimestamp(), Stopwatch.Frequency / rate);
        for (var due = start; Stopwatch.GetElapsedTime(start) < length; due += gap)
        {
            PreciseSleep.Until(due, clock);
            ThreadPool.UnsafeQueueUserWorkItem(static asked => _ = AskAsync(asked.client, asked.url), (client, url), preferLocal: false);
        }
    }

    private static async Task AskAsync(HttpClient client, Uri url)
    {
        using var response = await client.GetAsync(url);
        Interlocked.Increment(ref _done);
    }
}
