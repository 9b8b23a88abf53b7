using Orca.Measurement;

namespace Orca.Tests.Measurement;

public class MeasurementSetTests
{
    public static TheoryData<int> Seeds => MeasuredValues.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Add_PartsRecordedApart_IsTheWhole(int seed)
    {
        var drones = Enumerable.Range(0, 1 + (seed % 4)).Select(_ => new ScenarioRecorder("s", 3)).ToArray();
        var whole = new ScenarioRecorder("s", 3);
        for (var i = 0; i < drones.Length; i++)
        {
            MeasuredValues.Record(drones[i], new(seed + i), 400);
            MeasuredValues.Record(whole, new(seed + i), 400);
        }

        var (measured, warmUp) = (new MeasurementSet(3), new MeasurementSet(3));
        foreach (var drone in drones)
        {
            var cut = drone.Cut();
            measured.Add(cut.Measured);
            warmUp.Add(cut.WarmUp);
        }

        MeasuredValues.AssertSame(whole.Cut().Measured, measured);
        MeasuredValues.AssertSame(whole.Cut().WarmUp, warmUp);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Since_AddedToTheEarlierState_HasTheCountsOfTheLater(int seed)
    {
        var (recorder, random) = (new ScenarioRecorder("s", 3), new Random(seed));
        var series = new MeasurementSet(3);
        var before = new MeasurementSet(3);
        for (var interval = 0; interval < 6; interval++)
        {
            MeasuredValues.Record(recorder, random, random.Next(120));
            var now = recorder.Cut().Measured;
            series.Add(now.Since(before));
            before = now;

            MeasuredValues.AssertSameCounts(now, series);
            Assert.Equal(now.Metrics.GetValueOrDefault("gauge")?.Last, series.Metrics.GetValueOrDefault("gauge")?.Last);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AddSince_DecodedOrNot_IsWhatSinceAndAddGive(int seed)
    {
        var (recorder, random) = (new ScenarioRecorder("s", 3), new Random(seed));
        var (expected, actual) = (new MeasurementSet(3), new MeasurementSet(3));
        var before = (Plain: new MeasurementSet(3), Decoded: new MeasurementSet(3));
        for (var interval = 0; interval < 6; interval++)
        {
            MeasuredValues.Record(recorder, random, random.Next(120));
            var now = (Plain: recorder.Cut().Measured, Decoded: Decoded(recorder.Cut().Measured));
            var (later, earlier) = random.Next(4) switch
            {
                0 => (now.Plain, before.Decoded),
                1 => (now.Decoded, before.Plain),
                _ => (now.Decoded, before.Decoded),
            };
            expected.Add(now.Plain.Since(before.Plain));
            actual.AddSince(later, earlier);
            MeasuredValues.AssertSame(now.Plain.Since(before.Plain), now.Decoded.Since(before.Decoded));
            before = (now.Plain, Decoded(now.Plain));

            MeasuredValues.AssertSame(expected, actual);
        }
    }

    private static MeasurementSet Decoded(MeasurementSet set)
    {
        var bytes = SnapshotCodec.Encode(new()
        {
            Header = new("d", "i", 0, 1, TimeSpan.Zero, false),
            Scenarios = [new() { Name = "s", Measured = set, WarmUp = new(3) }],
            Health = new() { SchedulingDelay = new(3) },
        });
        Assert.True(SnapshotCodec.Decode(bytes).TryGet(out var snapshot, out _));
        return snapshot.Scenarios[0].Measured;
    }

    [Fact]
    public void Since_NothingBefore_IsTheWhole()
    {
        var set = MeasuredValues.Set(new(3), 500);

        MeasuredValues.AssertSame(set, set.Since(new MeasurementSet(3)));
    }

    [Fact]
    public void Since_NothingCame_KeepsNamesWithZeros()
    {
        var set = MeasuredValues.Set(new(3), 500);
        var since = set.Since(set);

        Assert.Equal(set.Steps.Keys.Order(), since.Steps.Keys.Order());
        Assert.All(since.Steps.Values, s => Assert.Equal((0, 0, 0), (s.Ok, s.Failed, s.Service.Count)));
        Assert.All(since.Errors.Values, e => Assert.Equal(0, e.Count));
        Assert.Equal((0, 0, TimeSpan.Zero), (since.Started, since.Finished, since.UserTime));
    }

    [Fact]
    public void Since_EarlierIsGreater_IsZero()
    {
        var earlier = MeasuredValues.Set(new(3), 500);
        var since = new MeasurementSet(3) { Started = 1 }.Since(earlier);

        Assert.Equal((0, TimeSpan.Zero), (since.Started, since.UserTime));
    }

    [Fact]
    public void Add_SharesNothingWithTheOther()
    {
        var (sum, other) = (new MeasurementSet(3), MeasuredValues.Set(new(5), 300));
        sum.Add(other);
        sum.Add(other);

        MeasuredValues.AssertSame(MeasuredValues.Set(new(5), 300), other);
        Assert.Equal(2 * other.Started, sum.Started);
    }

    [Fact]
    public void Add_ErrorWithoutSample_TakesTheOthers()
    {
        var sum = new MeasurementSet(3) { Errors = { ["kind"] = new(1, null) } };
        sum.Add(new MeasurementSet(3) { Errors = { ["kind"] = new(2, "first") } });
        sum.Add(new MeasurementSet(3) { Errors = { ["kind"] = new(3, "second") } });

        Assert.Equal(new ErrorCount(6, "first"), sum.Errors["kind"]);
    }

    [Fact]
    public void Add_MetricOfAnotherKind_IsRejectedWhole()
    {
        var (one, two) = (new ScenarioRecorder("s", 3), new ScenarioRecorder("s", 3));
        one.Count(MeasuredPart.Measured, "size", 5);
        two.Record(MeasuredPart.Measured, "size", 5);
        two.Record(MeasuredPart.Measured, "size", 6);
        var sum = one.Cut().Measured;
        sum.Add(two.Cut().Measured);

        Assert.Equal((MetricKind.Counter, 5, 1, 2), (sum.Metrics["size"].Kind, sum.Metrics["size"].Count, sum.Metrics["size"].Recorded, sum.Metrics["size"].Rejected));
    }

    [Fact]
    public void Add_Gauges_TakesTheLastAddedThatWasSet()
    {
        var sum = new MeasurementSet(3);
        foreach (var values in new double[][] { [4, 9], [7], [] })
        {
            var drone = new ScenarioRecorder("s", 3);
            drone.Gauge(MeasuredPart.Measured, "depth", double.NaN);
            Array.ForEach(values, v => drone.Gauge(MeasuredPart.Measured, "depth", v));
            sum.Add(drone.Cut().Measured);
        }

        var depth = sum.Metrics["depth"];
        Assert.Equal((3, 7, 4, 9, 3), (depth.Count, depth.Last, depth.Min, depth.Max, depth.Rejected));
    }

    [Fact]
    public void Add_TimesBeyondAllBounds_StaysAtTheGreatest()
    {
        var sum = new MeasurementSet(3) { UserTime = TimeSpan.MaxValue };
        sum.Add(new MeasurementSet(3) { UserTime = TimeSpan.FromHours(1) });

        Assert.Equal(TimeSpan.MaxValue, sum.UserTime);
    }
}
