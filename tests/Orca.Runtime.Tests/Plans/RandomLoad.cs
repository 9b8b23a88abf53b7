using System.Collections.Immutable;
using Orca.Plans;

namespace Orca.Tests.Plans;

/// <summary>Random scenarios, small enough to be checked arrival by arrival.</summary>
internal static class RandomLoad
{
    public static Scenario Scenario(Random random, params Func<Random, LoadStage>[] kinds)
    {
        var stages = Enumerable.Range(0, random.Next(1, 6)).Select(_ => kinds[random.Next(kinds.Length)](random)).ToImmutableArray();
        return Of(stages) with { StartAfter = random.Next(2) == 0 ? TimeSpan.Zero : new TimeSpan(random.NextInt64(0, 50_000_000)) };
    }

    public static Scenario Of(params ImmutableArray<LoadStage> stages) =>
        new() { Name = "browse", Test = "browse", Load = stages, MaxUsers = 100 };

    public static LoadStage Rate(Random random) => AnyRate(random, ArrivalPattern.Uniform);

    public static LoadStage Poisson(Random random) => AnyRate(random, ArrivalPattern.Poisson);

    public static LoadStage Users(Random random) => random.Next(2) == 0
        ? ConstantUsers(random.Next(0, 40), Time(random))
        : new UsersStage(random.Next(0, 40), random.Next(0, 40), Time(random));

    public static LoadStage Iterations(Random random) => new IterationsStage(random.Next(1, 2000), random.Next(1, 30), Time(random));

    public static LoadStage Pause(Random random) => new PauseStage(Time(random));

    private static UsersStage ConstantUsers(int users, TimeSpan time) => new(users, users, time);

    private static RateStage AnyRate(Random random, ArrivalPattern pattern)
    {
        var from = Decimal(random);
        var to = random.Next(2) == 0 ? from : Decimal(random);
        return new RateStage(from, to, Time(random)) { Arrivals = pattern };
    }

    private static decimal Decimal(Random random) => random.Next(4) switch
    {
        0 => random.Next(0, 300),
        1 => random.Next(0, 300_000_000) / 1_000_000m,
        2 => 0,
        _ => random.Next(1, 3_000_000) / 1_000_000m,
    };

    private static TimeSpan Time(Random random) => random.Next(2) == 0
        ? TimeSpan.FromSeconds(random.Next(1, 20))
        : new TimeSpan(random.NextInt64(1, 200_000_000));
}
