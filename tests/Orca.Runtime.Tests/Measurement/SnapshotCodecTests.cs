using Orca.Measurement;

namespace Orca.Tests.Measurement;

public class SnapshotCodecTests
{
    public static TheoryData<int> Seeds => MeasuredValues.Seeds;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Decode_Encoded_IsTheSame(int seed)
    {
        var snapshot = Snapshot(new(seed));
        var decoded = Decoded(SnapshotCodec.Encode(snapshot));

        Assert.Equal(snapshot.Header, decoded.Header);
        Assert.Equal(snapshot.Attachments, decoded.Attachments);
        Assert.Equal(
            snapshot.Scenarios.Select(s => (s.Name, s.Users, s.NamesOverCap)),
            decoded.Scenarios.Select(s => (s.Name, s.Users, s.NamesOverCap)));
        foreach (var (expected, actual) in snapshot.Scenarios.Zip(decoded.Scenarios))
        {
            MeasuredValues.AssertSame(expected.Measured, actual.Measured);
            MeasuredValues.AssertSame(expected.WarmUp, actual.WarmUp);
            Assert.Equal(expected.Measured.Errors.OrderBy(e => e.Key), actual.Measured.Errors.OrderBy(e => e.Key));
        }

        MeasuredValues.AssertSame(snapshot.Health.SchedulingDelay, decoded.Health.SchedulingDelay);
        Assert.Equal(snapshot.Health, decoded.Health with { SchedulingDelay = snapshot.Health.SchedulingDelay });
    }

    [Fact]
    public void Encode_SameContents_GivesTheSameBytes()
    {
        var bytes = SnapshotCodec.Encode(Snapshot(new(1)));

        Assert.Equal(bytes, SnapshotCodec.Encode(Snapshot(new(1))));
        Assert.Equal(bytes, SnapshotCodec.Encode(Decoded(bytes)));
    }

    [Fact]
    public void Encode_TwentySteps_IsSmall()
    {
        var recorder = new Recorder(3, ["browse"]);
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            recorder[0].Step(MeasuredPart.Measured, recorder[0].StepOf("step " + (i % 20)), random.Next(1_000_000, 2_000_000));
        }

        Assert.InRange(SnapshotCodec.Encode(recorder.Cut(Header, Health(3))).Length, 1, 20 * 1_500);
    }

    [Fact]
    public void DecodeHeader_Encoded_NeedsNoMoreThanTheHeader()
    {
        var bytes = SnapshotCodec.Encode(Snapshot(new(1)));
        Assert.True(SnapshotCodec.DecodeHeader(bytes.AsSpan(0, 100)).TryGet(out var header, out _));

        Assert.Equal(Snapshot(new(1)).Header, header);
        Assert.False(SnapshotCodec.DecodeHeader(bytes.AsSpan(0, 10)).TryGet(out _, out _));
    }

    [Fact]
    public void Decode_OtherVersion_NamesBoth()
    {
        var bytes = SnapshotCodec.Encode(Snapshot(new(1)));
        bytes[4] = 7;

        foreach (var problems in new[] { SnapshotCodec.Decode(bytes).Problems, SnapshotCodec.DecodeHeader(bytes).Problems })
        {
            var problem = Assert.Single(problems);
            Assert.Contains("version 7", problem.What, StringComparison.Ordinal);
            Assert.Contains("version 1", problem.What, StringComparison.Ordinal);
            Assert.NotNull(problem.Advice);
        }
    }

    [Fact]
    public void Decode_UnknownFields_AreSkipped()
    {
        var bytes = SnapshotCodec.Encode(Snapshot(new(1)));
        using var more = new WireWriter();
        more.Raw(bytes);
        more.Number(200, 5);
        more.Text(201, "from a later version");

        Assert.Equal(bytes, SnapshotCodec.Encode(Decoded(more.Written.ToArray())));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 79, 82, 67, 83 })]
    [InlineData(new byte[] { 79, 82, 67, 83, 1 })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    public void Decode_NoSnapshot_IsAProblem(byte[] bytes)
    {
        Assert.Contains("Decoding a snapshot", Assert.Single(SnapshotCodec.Decode(bytes).Problems).What, StringComparison.Ordinal);
        Assert.Single(SnapshotCodec.DecodeHeader(bytes).Problems);
    }

    [Fact]
    public void Decode_CutShort_IsAProblemWhereverItIsCutInsideAField()
    {
        var bytes = SnapshotCodec.Encode(Snapshot(new(2)));
        var whole = 0;
        for (var length = 0; length < bytes.Length; length += 1 + (length / 200))
        {
            // Cut between two attachments it is a snapshot with fewer of them.
            whole += SnapshotCodec.Decode(bytes.AsSpan(0, length)).TryGet(out _, out _) ? 1 : 0;
        }

        Assert.InRange(whole, 0, 3);
    }

    [Fact]
    public void Decode_TrailingGarbage_IsAProblem()
    {
        var bytes = SnapshotCodec.Encode(Snapshot(new(2)));

        Assert.False(SnapshotCodec.Decode([.. bytes, 0xFF]).TryGet(out _, out _));
        Assert.False(SnapshotCodec.Decode([.. bytes, 0x0F, 0x50, 1, 2, 3]).TryGet(out _, out _));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Decode_Mutated_NeverThrowsAndWhatItTakesCanBeUsed(int seed)
    {
        var random = new Random(seed);
        var original = SnapshotCodec.Encode(Snapshot(random));
        var (taken, refused) = (0, 0);
        for (var round = 0; round < 150; round++)
        {
            var bytes = Mutated(original, random);
            try
            {
                _ = SnapshotCodec.DecodeHeader(bytes);
                if (!SnapshotCodec.Decode(bytes).TryGet(out var snapshot, out _))
                {
                    refused++;
                    continue;
                }

                taken++;
                foreach (var scenario in snapshot.Scenarios)
                {
                    var sum = new MeasurementSet(3);
                    sum.Add(scenario.Measured);
                    sum.Add(scenario.WarmUp);
                    _ = sum.Since(scenario.Measured).ResponseOk.ValueAt(99);
                }

                // Whatever was taken is a snapshot like any other.
                var again = SnapshotCodec.Encode(snapshot);
                Assert.Equal(again, SnapshotCodec.Encode(Decoded(again)));
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, round {round}: {e}");
            }
        }

        Assert.True(refused > 20 && taken + refused == 150, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void Decode_RandomBytesAfterTheVersion_NeverThrows()
    {
        var random = new Random(11);
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = new byte[random.Next(5, 200)];
            random.NextBytes(bytes);
            "ORCS\u0001"u8.CopyTo(bytes);
            Assert.False(SnapshotCodec.Decode(bytes).TryGet(out _, out _));
        }
    }

    [Fact]
    public void Decode_FewBytesThatAskForMuchMemory_IsAProblem()
    {
        // One value to each page: three bytes ask for 2 KiB.
        var histogram = new Histogram(4);
        for (var index = 0; index < histogram.Layout.IndexOf(HistogramLayout.Highest); index += Histogram.PageSize)
        {
            histogram.Record(histogram.Layout.LowestAt(index));
        }

        var set = new MeasurementSet(4);
        for (var i = 0; i < 100; i++)
        {
            set.Steps.Add("step " + i, new(4) { Service = histogram });
        }

        var bytes = SnapshotCodec.Encode(new()
        {
            Header = Header,
            Health = Health(4),
            Scenarios = [new() { Name = "a", Measured = set, WarmUp = new(4) }],
        });
        Assert.InRange(bytes.Length, 1, 1 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(SnapshotCodec.Decode(bytes).TryGet(out _, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * DecodeBudget.Usual);
    }

    private static SnapshotHeader Header => new("drone-1", "0c2f", 3, 12, TimeSpan.FromSeconds(12), Final: false);

    private static DroneHealth Health(int precision) => new() { SchedulingDelay = new(precision) };

    private static Snapshot Snapshot(Random random)
    {
        var recorder = new Recorder(1 + random.Next(3), ["browse", "checkout"]);
        MeasuredValues.Record(recorder[0], random, 300);
        MeasuredValues.Record(recorder[1], random, 30);
        recorder[0].UsersStarted(17);
        recorder.Attach("browse", "rows", "[1, \"zwölf\"]");
        recorder.Attach("checkout", "rows", "{}");
        return recorder.Cut(
            new("drone-" + random.Next(9), "incarnation", random.Next(5), random.NextInt64(1, 1L << 40), TimeSpan.FromTicks(random.NextInt64(1L << 40)), random.Next(2) == 0),
            new()
            {
                Processor = TimeSpan.FromTicks(random.NextInt64(1L << 40)),
                Elapsed = TimeSpan.FromTicks(random.NextInt64(1L << 40)),
                Processors = 2,
                GcPause = TimeSpan.FromMilliseconds(3),
                WorkingSet = 80 << 20,
                SchedulingDelay = MeasuredValues.Recorded(MeasuredValues.Of(random, 100)),
            });
    }

    private static Snapshot Decoded(byte[] bytes)
    {
        Assert.True(SnapshotCodec.Decode(bytes).TryGet(out var snapshot, out var problems), string.Join(' ', problems));
        return snapshot;
    }

    private static byte[] Mutated(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            var count = random.Next(1, Math.Min(20, bytes.Count - at) + 1);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, count); break;
                case 3: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, count)); break;
                default: bytes.InsertRange(at, Enumerable.Repeat((byte)0xFF, count)); break;
            }
        }

        return [.. bytes];
    }
}
