using System.Collections.Immutable;
using Orca.Plans;

namespace Orca.Tests.Plans;

/// <summary>Random valid plans.</summary>
internal static class RandomPlan
{
    private const string Letters = "aZ9 -_.'\"\\/<>&+äπ鯨{}[]";

    private static readonly string[] Thresholds =
        ["s0 p99.99 < 1.5s", "swarm errors <= 0.5%", "s0/'add to cart' service.mean < 10ms", "s0 metric.queue.depth.p99.9 > -3", "s0 checks.'has title' > 99%", "s0 ok.rate>10/s", "s0 dropped == 0"];

    public static RunPlan Of(Random random)
    {
        var scenarios = Enumerable.Range(0, random.Next(1, 4)).Select(i => Scenario(random, $"s{i}")).ToImmutableArray();
        var min = random.Next(1, 50);
        return new RunPlan
        {
            Name = Text(random),
            Package = random.Next(2) == 0 ? null : new PackageRequest("Acme.Tests", random.Next(2) == 0 ? null : "[1.0,2.0)"),
            Target = random.Next(2) == 0 ? null : new Uri("https://user:pass@host.example:81/päth?q=1"),
            Quorum = new Quorum(min, min + random.Next(3), Time(random)),
            Scenarios = scenarios,
            Thresholds = [.. Thresholds.Where(_ => random.Next(2) == 0).Select(text => Threshold(random, text))],
            Parameters = Parameters(random),
            Tags = ImmutableSortedDictionary<string, string>.Empty.Add("tag " + random.Next(5), Text(random)),
            Seed = random.Next(2) == 0 ? null : random.NextInt64(long.MinValue, long.MaxValue),
            Interval = TimeSpan.FromMilliseconds(random.Next(100, 5000)),
            Precision = random.Next(1, 5),
            WarmUp = random.Next(2) == 0 ? TimeSpan.Zero : new TimeSpan(1),
            Grace = Time(random),
            SetUpTimeout = Time(random),
            JoinTimeout = Time(random),
            LeaderTimeout = Time(random),
            OnDroneLost = (LostDronePolicy)random.Next(3),
            Limits = new ValidityLimits { NotStarted = random.NextDouble(), Lateness = Time(random), LatenessOfService = random.NextDouble(), Delivered = random.NextDouble() },
        };
    }

    private static Scenario Scenario(Random random, string name)
    {
        var scenario = RandomLoad.Scenario(random, RandomLoad.Rate, RandomLoad.Poisson, RandomLoad.Users, RandomLoad.Iterations, RandomLoad.Pause);
        return scenario with
        {
            Name = name,
            Test = Text(random),
            Load = scenario.Load.Add(new RateStage(1, 2, Time(random)) { Users = random.Next(2) == 0 ? null : random.Next(100) }),
            MaxUsers = random.Next(100, 3000),
            Connections = (ConnectionMode)random.Next(3),
            Parameters = Parameters(random),
        };
    }

    private static Threshold Threshold(Random random, string text)
    {
        Assert.True(ThresholdText.Parse(text).TryGet(out var threshold, out _));
        return threshold with { Abort = random.Next(2) == 0, After = random.Next(2) == 0 ? TimeSpan.Zero : Time(random) };
    }

    private static ImmutableSortedDictionary<string, ParameterValue> Parameters(Random random) => ParameterValue.None
        .Add("text", new ParameterValue(Text(random)))
        .Add("empty:0", new ParameterValue(""))
        .Add("lines", new ParameterValue("a\r\n\t\"b\"\\"))
        .Add("key" + random.Next(4), new ParameterValue(null, "secret:name"));

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)])) + "x";

    private static TimeSpan Time(Random random) => random.Next(4) switch
    {
        0 => TimeSpan.FromSeconds(random.Next(1, 100_000)),
        1 => TimeSpan.FromMilliseconds(random.Next(1, 5_000)),
        2 => new TimeSpan(random.NextInt64(1, 20_000_000)),
        _ => TimeSpan.FromMinutes(random.Next(1, 600)),
    };
}
