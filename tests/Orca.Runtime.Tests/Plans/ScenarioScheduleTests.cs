using System.Numerics;
using Orca.Plans;

namespace Orca.Tests.Plans;

public sealed class ScenarioScheduleTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Fact]
    public void Arrivals_ConstantRate_FallEvenlyFromTheStart()
    {
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new RateStage(4, 4, Seconds(1))) with { StartAfter = Seconds(10) }, 1);

        Assert.Equal([10.0, 10.25, 10.5, 10.75], Walk(schedule).Select(arrival => arrival.Due.TotalSeconds));
        Assert.Equal(4, schedule.TotalArrivals);
        Assert.Equal((Seconds(10), Seconds(11)), (schedule.Start, schedule.End));
    }

    [Fact]
    public void Arrivals_ThirdsOfASecond_RoundUpToTheNextTick()
    {
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new RateStage(3, 3, Seconds(1))), 1);

        Assert.Equal([0, 3_333_334, 6_666_667], Walk(schedule).Select(arrival => arrival.Due.Ticks));
    }

    [Fact]
    public void Arrivals_RampFromZero_FallAtSquareRoots()
    {
        // The integral of 2t is t².
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new RateStage(0, 20, Seconds(10))), 1);

        Assert.Equal(100, schedule.TotalArrivals);
        Assert.All(Walk(schedule), arrival =>
            Assert.Equal((long)Math.Ceiling(Math.Sqrt(arrival.Number) * 1e7), arrival.Due.Ticks));
    }

    [Fact]
    public void Arrivals_FractionsOverAPause_AreCarriedOn()
    {
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new RateStage(0.5m, 0.5m, Seconds(3)), new PauseStage(Seconds(10)), new RateStage(1, 1, Seconds(2))), 1);

        // 1.5 by second 3, then 0.5 more needed from second 13 on.
        Assert.Equal([0, 2, 13.5, 14.5], Walk(schedule).Select(arrival => arrival.Due.TotalSeconds));
    }

    [Fact]
    public void Arrivals_GreatestRateForSevenDays_StaysExact()
    {
        var week = PlanLimits.LongestScenario;
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new RateStage(PlanLimits.MostRate, PlanLimits.MostRate, week)), 1);
        Assert.Equal(604_800_000_000, schedule.TotalArrivals);
        Assert.Equal(604_799_999_999, schedule.ArrivalsBefore(week - new TimeSpan(10)));

        foreach (var (from, to) in new[] { (0m, PlanLimits.MostRate), (PlanLimits.MostRate, 0m), (999_999.999999m, PlanLimits.MostRate) })
        {
            var stage = new RateStage(from, to, week);
            var segment = new RateSegment(stage, 0, 0);
            var total = segment.After;
            foreach (var need in new[] { 0, 1, RateSegment.UnitsPerArrival, total / 3, total - 1, total })
            {
                var ticks = segment.TicksTo(need);
                Assert.True(Reference.Integral(stage, ticks) >= Reference.Units(need, stage));
                Assert.True(ticks == 0 || Reference.Integral(stage, ticks - 1) < Reference.Units(need, stage));
            }
        }
    }

    [Fact]
    public void Of_ScenarioPastTheLimit_Throws() =>
        Assert.Throws<ArgumentException>(() => ScenarioSchedule.Of(RandomLoad.Of(new PauseStage(TimeSpan.FromDays(8))), 1));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Arrivals_AnyUniformStages_AreDueAtTheFirstTickOfTheirIntegral(int seed)
    {
        var scenario = RandomLoad.Scenario(new Random(seed), RandomLoad.Rate, RandomLoad.Rate, RandomLoad.Pause, RandomLoad.Users);
        var schedule = ScenarioSchedule.Of(scenario, seed);
        var arrivals = Walk(schedule);
        var reference = new Reference(scenario);

        Assert.Equal(reference.Ceiling, arrivals.Count);
        Assert.Equal(reference.Ceiling, schedule.TotalArrivals);
        var last = TimeSpan.Zero;
        for (var k = 0; k < arrivals.Count; k++)
        {
            var (number, due) = arrivals[k];
            Assert.Equal(k, number);
            Assert.True(due >= last, $"arrival {k} goes back to {due}");
            Assert.True(reference.Reaches(k, due.Ticks), $"arrival {k} is early");
            Assert.True(k == 0 ? due.Ticks == reference.FirstRate : !reference.Reaches(k, due.Ticks - 1), $"arrival {k} is late");
            last = due;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Arrivals_AnyStages_ArePartitionedByTheRanks(int seed)
    {
        var random = new Random(seed);
        var scenario = RandomLoad.Scenario(random, RandomLoad.Rate, RandomLoad.Poisson, RandomLoad.Pause, RandomLoad.Users, RandomLoad.Iterations);
        var schedule = ScenarioSchedule.Of(scenario, seed);
        var arrivals = Walk(schedule);
        Assert.Equal(schedule.TotalArrivals, arrivals.Count);

        foreach (var drones in new[] { 1, 3, 7, random.Next(1, 40) })
        {
            var timelines = Enumerable.Range(0, drones).Select(rank => new ShareTimeline(new Share(0, TimeSpan.Zero, SlotSet.ForRank(rank, drones)))).ToList();
            if (drones > 1)
            {
                LoseOne(timelines, random, schedule.End / 2);
            }

            foreach (var (number, due) in arrivals)
            {
                AssertOneOwner(timelines, number, due);
            }

            for (var user = 0; user < schedule.PeakUsers; user++)
            {
                AssertOneOwner(timelines, user, schedule.End);
            }

            foreach (var block in schedule.IterationBlocks)
            {
                for (var k = block.First; k < block.End; k++)
                {
                    AssertOneOwner(timelines, block.UserOf(k), block.From);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ArrivalsBefore_AnyTime_CountsWhatIsDue(int seed)
    {
        var random = new Random(seed);
        var schedule = ScenarioSchedule.Of(RandomLoad.Scenario(random, RandomLoad.Rate, RandomLoad.Poisson, RandomLoad.Pause), seed);
        var due = Walk(schedule).Select(arrival => arrival.Due.Ticks).ToList();
        var times = Enumerable.Range(0, due.Count == 0 ? 0 : 100).Select(_ => due[random.Next(due.Count)] + random.Next(-1, 2))
            .Concat([0, schedule.Start.Ticks, schedule.End.Ticks, schedule.End.Ticks + 1, long.MaxValue]);

        Assert.All(times, at => Assert.Equal(CountBelow(due, at), schedule.ArrivalsBefore(new TimeSpan(at))));
    }

    [Fact]
    public void Arrivals_Poisson_HaveExponentialGapsAndTheRightNumber()
    {
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new RateStage(1000, 1000, Seconds(100)) { Arrivals = ArrivalPattern.Poisson }), 42);
        var due = Walk(schedule).Select(arrival => arrival.Due.TotalMilliseconds).ToList();
        var gaps = due.Zip(due.Skip(1), (a, b) => b - a).ToList();

        // 100,000 expected, standard deviation 316; of exponential gaps e⁻¹ exceed the mean.
        Assert.InRange(due.Count, 98_400, 101_600);
        Assert.InRange(gaps.Count(gap => gap > 1) / (double)gaps.Count, 0.36, 0.376);
        Assert.InRange(gaps.Count(gap => gap > 3) / (double)gaps.Count, 0.047, 0.053);
    }

    [Fact]
    public void Arrivals_PoissonOnARamp_FollowTheRate()
    {
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new RateStage(0, 2000, Seconds(100)) { Arrivals = ArrivalPattern.Poisson }), 7);
        var due = Walk(schedule).Select(arrival => arrival.Due.TotalSeconds).ToList();

        Assert.InRange(due.Count, 98_400, 101_600);
        Assert.InRange(due.Count(at => at < 50) / (double)due.Count, 0.24, 0.26);
    }

    [Fact]
    public void Arrivals_PoissonOfAnotherSeedOrName_Differ()
    {
        var scenario = RandomLoad.Of(new RateStage(10, 10, Seconds(10)) { Arrivals = ArrivalPattern.Poisson });
        var walks = new[] { (scenario, 1L), (scenario, 2L), (scenario with { Name = "other" }, 1L) }
            .Select(pair => string.Join(' ', Walk(ScenarioSchedule.Of(pair.Item1, pair.Item2)))).ToList();

        Assert.Equal(3, walks.Distinct().Count());
        Assert.Equal(walks[0], string.Join(' ', Walk(ScenarioSchedule.Of(scenario, 1))));
    }

    [Fact]
    public void Gap_KnownKeys_NeverChanges()
    {
        // A run is repeated by its seed, on every machine and with every later version.
        var stream = new PoissonStream("checkout", 42);

        Assert.Equal(KnownGaps, Enumerable.Range(0, 3).Select(k => stream.Gap(k)));
    }

    [Fact]
    public void MinusLogOfFraction_AnyDraw_IsTheLogarithm()
    {
        var random = new Random(5);
        foreach (var draw in Enumerable.Range(0, 20_000).Select(i => (ulong)random.NextInt64() << (i % 2) >> (i % 60) | 1).Append(1UL).Append(ulong.MaxValue))
        {
            Assert.Equal(-Math.Log(draw / 18446744073709551616.0), PoissonStream.MinusLogOfFraction(draw), 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void NextUserChange_AnyUserStages_NamesEveryChangeAndNoOther(int seed)
    {
        var random = new Random(seed);
        var scenario = RandomLoad.Scenario(random, RandomLoad.Users, RandomLoad.Users, RandomLoad.Pause, RandomLoad.Rate);
        var schedule = ScenarioSchedule.Of(scenario, seed);
        var (at, time, first) = (new TimeSpan(-1), BigInteger.Zero, true);
        while (schedule.NextUserChange(at) is { } next)
        {
            Assert.True(next > at);
            Assert.NotEqual(schedule.UsersAt(at), schedule.UsersAt(next));
            Assert.Equal(schedule.UsersAt(at), schedule.UsersAt(next - new TimeSpan(1)));
            Assert.Equal(Reference.Users(scenario, next.Ticks), schedule.UsersAt(next));
            var within = at + new TimeSpan(random.NextInt64((next - at).Ticks));
            Assert.Equal(schedule.UsersAt(at), schedule.UsersAt(within));
            time += first ? 0 : (BigInteger)(next - at).Ticks * schedule.UsersAt(at);
            (at, first) = (next, false);

            // A change falls on the tick after its exact place: at most a tick for each user that comes or goes.
            Assert.InRange((double)(time - schedule.UserTimeBefore(at).Ticks), -2_000, 2_000);
        }

        Assert.Equal(0, schedule.UsersAt(at));
        Assert.Equal(schedule.UserTimeBefore(schedule.End), schedule.UserTimeBefore(TimeSpan.MaxValue));
    }

    [Fact]
    public void UsersAt_ConstantUsers_AreExactlyThose()
    {
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new UsersStage(0, 5, Seconds(5)), new UsersStage(5, 5, Seconds(5))), 1);

        Assert.Equal(0, schedule.UsersAt(TimeSpan.Zero));
        Assert.Equal(1, schedule.UsersAt(new TimeSpan(1)));
        Assert.Equal(1, schedule.UsersAt(Seconds(1)));
        Assert.Equal(5, schedule.UsersAt(Seconds(5)));
        Assert.Equal(5, schedule.UsersAt(Seconds(10) - new TimeSpan(1)));
        Assert.Equal(0, schedule.UsersAt(Seconds(10)));
        Assert.Equal(Seconds(10), schedule.NextUserChange(Seconds(7)));
        Assert.Null(schedule.NextUserChange(Seconds(10)));
        Assert.Equal(Seconds(5 + 4 + 3 + 2 + 1 + 25), schedule.UserTimeBefore(Seconds(10)));
        Assert.Equal(5, schedule.PeakUsers);
    }

    [Fact]
    public void IterationBlocks_SeveralStages_NumberOn()
    {
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new IterationsStage(100, 20, Seconds(1)), new PauseStage(Seconds(2)), new IterationsStage(50, 5, Seconds(4))), 1);

        Assert.Equal([new IterationBlock(0, 100, 20, Seconds(0), Seconds(1)), new IterationBlock(100, 50, 5, Seconds(3), Seconds(7))], schedule.IterationBlocks);
        Assert.Equal((150, 20), (schedule.TotalIterations, schedule.PeakUsers));
    }

    [Fact]
    public void RateAt_Ramp_IsBetween()
    {
        var schedule = ScenarioSchedule.Of(RandomLoad.Of(new RateStage(10, 20, Seconds(10)), new PauseStage(Seconds(1))), 1);

        Assert.Equal([10, 15, 0, 0], new[] { 0, 5, 10, 11 }.Select(at => schedule.RateAt(Seconds(at))));
    }

    private static readonly long[] KnownGaps = [740_779_146_394, 7_133_488_535_872, 1_498_068_753_915];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static List<Arrival> Walk(ScenarioSchedule schedule)
    {
        var arrivals = new List<Arrival>();
        for (var cursor = schedule.Arrivals(); cursor.TryPeek(out var arrival); cursor.Advance())
        {
            arrivals.Add(arrival);
        }

        return arrivals;
    }

    private static int CountBelow(List<long> sorted, long limit)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < limit ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static void AssertOneOwner(List<ShareTimeline> timelines, long number, TimeSpan at)
    {
        var owners = timelines.Count(timeline => timeline.Owns(number, at));
        Assert.True(owners == 1, $"{owners} of {timelines.Count} drones own number {number} at {at}");
    }

    private static void LoseOne(List<ShareTimeline> timelines, Random random, TimeSpan from)
    {
        var lost = random.Next(timelines.Count);
        var others = Enumerable.Range(0, timelines.Count).Where(rank => rank != lost).ToList();
        var dealt = timelines[lost].Current.Slots.Deal(others.Count);
        foreach (var (rank, i) in others.Select((rank, i) => (rank, i)))
        {
            timelines[rank].Apply(new Share(1, from, timelines[rank].Current.Slots.Union(dealt[i])));
        }

        timelines[lost].Apply(new Share(1, from, SlotSet.Of(timelines[lost].Current.Slots.Total, [])));
    }
}
