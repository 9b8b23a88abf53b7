using BenchmarkDotNet.Attributes;
using Orca.Execution;
using Orca.Plans;

namespace Orca.Benchmarks;

/// <summary>What an arrival costs before it has a user, and what a wake-up of a thinking one does.</summary>
public class Dispatch
{
    private const int Arrivals = 10_000;

    private readonly ScenarioSchedule _schedule = ScenarioSchedule.Of(
        new Scenario { Name = "load", Test = "load", MaxUsers = 100, Load = [new RateStage(50_000, 100_000, TimeSpan.FromSeconds(10))] }, 42);

    private readonly ScenarioSchedule _poisson = ScenarioSchedule.Of(
        new Scenario { Name = "load", Test = "load", MaxUsers = 100, Load = [new RateStage(50_000, 100_000, TimeSpan.FromSeconds(10)).Poisson()] }, 42);

    private readonly RunClock _clock = new(TimeProvider.System);

    [Benchmark(OperationsPerInvoke = Arrivals)]
    public TimeSpan NextArrival() => Walk(_schedule.Arrivals());

    [Benchmark(OperationsPerInvoke = Arrivals)]
    public TimeSpan NextPoissonArrival() => Walk(_poisson.Arrivals());

    [Benchmark(OperationsPerInvoke = Arrivals)]
    public long DueTimestamp()
    {
        var sum = 0L;
        for (var i = 0; i < Arrivals; i++)
        {
            sum += _clock.TimestampAt(TimeSpan.FromTicks(i));
        }

        return sum;
    }

    private static TimeSpan Walk(ArrivalCursor arrivals)
    {
        var last = TimeSpan.Zero;
        for (var i = 0; i < Arrivals && arrivals.TryPeek(out var arrival); i++)
        {
            last = arrival.Due;
            arrivals.Advance();
        }

        return last;
    }
}
