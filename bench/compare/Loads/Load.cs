using Microsoft.Extensions.Logging.Abstractions;
using Orca.Execution;
using Orca.Plans;
using Orca.Results;

namespace Orca.Compare.Loads;

/// <summary>The loads that a process of the comparison can make.</summary>
internal static class Load
{
    public static Task<Reading> RunAsync(string name, Options options) => name switch
    {
        "orca-empty" => OrcaEmptyAsync(options),
        "bare-empty" => BareEmpty.RunAsync(options),
        "orca-sleep" => OrcaSleepAsync(options),
        "orca-think" => OrcaThinkAsync(options),
        "orca-arrivals" => OrcaArrivalsAsync(options),
        "orca-http" => OrcaHttpAsync(options),
        "orca-rate" => OrcaRateAsync(options),
        "orca-freeze" => OrcaFreezeAsync(options),
        "orca-swarm" => SwarmRun.RunAsync(options),
        "bare-rate" => BareRate.RunAsync(options),
        "bare-http" => BareHttp.RunAsync(options),
        "orca-soak" => OrcaSoakAsync(options),
        "orca-first" => OrcaFirstAsync(options),
        "bare-sleep" => BareSleep.RunAsync(options),
        "orca-measure" => Task.FromResult(OrcaMeasure.Run(options)),
        "bare-measure" => Task.FromResult(BareMeasure.Run(options)),
        _ => throw new ArgumentException($"{name}: not a load."),
    };

    private static async Task<Reading> OrcaEmptyAsync(Options options)
    {
        var test = new EmptyTest();
        var users = options.Number("users", 1);
        await using var run = new EngineRun(test, new UsersStage(users, users, options.Seconds("seconds", 3)), TimeSpan.FromSeconds(1));
        var reading = await run.RunAsync();
        reading["fairness"] = test.Fairness;
        return reading;
    }

    private static async Task<Reading> OrcaSleepAsync(Options options)
    {
        var users = options.Number("users", 10_000);
        await Rehearsal.OnceAsync(NullLogger.Instance);

        // Once before: what compiling takes is no user's.
        await using (var first = new EngineRun(new SleepTest(), new UsersStage(1000, 1000, TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(0.5), grace: TimeSpan.Zero))
        {
            await first.RunAsync();
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        var before = Rss.Settled();
        await using var run = new EngineRun(new SleepTest(), new UsersStage(users, users, options.Seconds("seconds", 3)), TimeSpan.FromSeconds(1));
        var sampled = Task.Run(async () =>
        {
            await Task.Delay(options.Seconds("seconds", 3) - TimeSpan.FromSeconds(1));
            return Rss.Settled();
        });
        var reading = await run.RunAsync();
        reading["bytesPerUser"] = (double)((await sampled) - before) / users;
        reading["startCpu"] = run.StartedIn.TotalSeconds;
        return reading;
    }

    private static async Task<Reading> OrcaThinkAsync(Options options)
    {
        var users = options.Number("users", 100_000);
        var test = new ThinkTest();

        // Set to work over a second, for users that all begin at once stay together: then each second begins with a backlog.
        var ramp = options.Real("ramp", 1);
        List<LoadStage> stages = [new UsersStage(users, users, options.Seconds("seconds", 6))];
        if (ramp > 0)
        {
            stages.Insert(0, new UsersStage(0, users, TimeSpan.FromSeconds(ramp)));
        }

        await Rehearsal.OnceAsync(NullLogger.Instance);
        await using var run = new EngineRun(test, stages, TimeSpan.FromSeconds(2 + ramp));
        var reading = await run.RunAsync();
        test.AddTo(reading);
        return reading;
    }

    private static async Task<Reading> OrcaArrivalsAsync(Options options)
    {
        await Rehearsal.OnceAsync(NullLogger.Instance);
        var rate = options.Number("rate", 1000);
        await using var run = new EngineRun(
            new EmptyTest(), new RateStage(rate, rate, options.Seconds("seconds", 6)), TimeSpan.FromSeconds(3), maxUsers: 2 * rate);
        return await run.RunAsync();
    }

    private static async Task<Reading> OrcaHttpAsync(Options options)
    {
        var users = options.Number("users", 64);
        await using var run = new EngineRun(
            new GetTest(new Uri(options.Text("url"))), new UsersStage(users, users, options.Seconds("seconds", 5)), TimeSpan.FromSeconds(2));
        return await run.RunAsync();
    }

    /// <summary>The first second of a load beside a later one, after the rehearsal that a drone makes, or without it.</summary>
    private static async Task<Reading> OrcaFirstAsync(Options options)
    {
        if (options.Number("rehearsed", 1) == 1)
        {
            await RehearseAsync(typeof(TimedGetTest));
        }

        var rate = options.Number("rate", 2000);
        var test = new TimedGetTest(new Uri(options.Text("url")));
        await using var run = new EngineRun(test, new RateStage(rate, rate, TimeSpan.FromSeconds(10)), TimeSpan.Zero, 2 * rate);
        var reading = await run.RunAsync();
        test.AddTo(reading);
        return reading;
    }

    /// <summary>A long load at a steady rate, its memory looked at ten times.</summary>
    private static async Task<Reading> OrcaSoakAsync(Options options)
    {
        var (rate, length) = (options.Number("rate", 5000), options.Seconds("seconds", 600));
        await RehearseAsync(typeof(GetTest));
        await using var run = new EngineRun(new GetTest(new Uri(options.Text("url"))), new RateStage(rate, rate, length), TimeSpan.FromSeconds(2), 2 * rate);
        var running = run.RunAsync();
        List<(long Rss, long Heap)> seen = [];
        for (var look = 0; look < 10; look++)
        {
            await Task.WhenAny(running, Task.Delay(length / 10.5));
            seen.Add((Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: true)));
        }

        var reading = await running;
        for (var look = 0; look < seen.Count; look++)
        {
            (reading[$"rss.{look + 1}"], reading[$"heap.{look + 1}"]) = seen[look];
        }

        return reading;
    }

    /// <summary>Ten seconds at a steady rate, in the middle of which the target stands still for one.</summary>
    private static async Task<Reading> OrcaFreezeAsync(Options options)
    {
        var (rate, warm, length) = (options.Number("rate", 2000), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10));
        await Rehearsal.OnceAsync(NullLogger.Instance);
        await using var run = new EngineRun(
            new GetTest(new Uri(options.Text("url"))), new RateStage(rate, rate, warm + length), warm, options.Number("users", 2 * rate));
        var freezing = Freeze.RunAsync(options.Number("process", 0), warm + TimeSpan.FromSeconds(5));
        var reading = await run.RunAsync();
        var frozen = await freezing;

        // What arrives while it stands still waits for the rest of it; of all, one in a hundred waits longer than the 99th percentile.
        reading["ideal99"] = 1000 * (frozen - (length.TotalSeconds / 100));
        reading["idealMax"] = 1000 * frozen;
        reading["planned"] = rate * length.TotalSeconds;
        reading["known"] = 100 * (1 - JudgedWork.UnknownShare(run.Measured));
        return reading;
    }

    private static async Task<Reading> OrcaRateAsync(Options options)
    {
        await RehearseAsync(typeof(GetTest));
        var rate = options.Number("rate", 2000);
        await using var run = new EngineRun(
            new GetTest(new Uri(options.Text("url"))),
            new RateStage(rate, rate, options.Seconds("seconds", 5)),
            options.Seconds("warm", 2),
            options.Number("users", Math.Max(100, 2 * rate)));
        var reading = await run.RunAsync();
        reading["planned"] = rate * (options.Real("seconds", 5) - options.Real("warm", 2));
        return reading;
    }

    // As a drone does before it is armed.
    private static async Task RehearseAsync(Type test)
    {
        await Rehearsal.OnceAsync(NullLogger.Instance);
        CompiledTest.Prepare(test, TimeSpan.FromSeconds(1), TimeProvider.System);
    }
}
