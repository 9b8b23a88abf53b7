using System.Text.Json;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results;

namespace Orca.Tests.Results;

public class IntervalCodecTests
{
    [Fact]
    public void Decode_Encoded_HasAllThatWasMeasured()
    {
        var (run, interval) = Closed(steps: 3, iterations: 20);
        Assert.True(IntervalCodec.Decode(IntervalCodec.Encode(interval, 7)).TryGet(out var stored, out _));

        Assert.Equal(new(7, 0, TimeSpan.Zero, TimeSpan.FromSeconds(1), false), stored.Header);
        Assert.Equal(["pay"], stored.Scenarios.AsEnumerable());
        Assert.Equal([12], stored.Users.AsEnumerable());
        Assert.Equal(interval.Drones.AsEnumerable(), stored.Interval.Drones.AsEnumerable());
        MergeChecks.Same(interval.Detail!.Measured[0], stored.Interval.Detail!.Measured[0]);
        Assert.Equal(["Refused"], stored.Interval.Detail.Measured[0].Errors.Keys);
        Assert.Null(stored.Interval.Detail.Measured[0].Errors["Refused"].Sample);

        var ledger = new RunLedger(run.Started);
        ledger.Restore([IntervalCodec.Encode(interval, 7)], []);
        Assert.Equal(Json(interval), Json(ledger.Intervals[0]));
        Assert.Equal(interval.Scenarios[0].ServiceHistogram.ToArray(), ledger.Intervals[0].Scenarios[0].ServiceHistogram.ToArray());
    }

    [Fact]
    public void Encode_SameInterval_GivesTheSameBytes()
    {
        var (_, interval) = Closed(steps: 3, iterations: 20);
        Assert.Equal(IntervalCodec.Encode(interval, 7), IntervalCodec.Encode(interval, 7));
    }

    [Fact]
    public void Encode_TwentySteps_TakesAFewKilobytes()
    {
        var (_, interval) = Closed(steps: 20, iterations: 50);
        Assert.InRange(IntervalCodec.Encode(interval, 7).Length, 100, 4096);
    }

    [Fact]
    public void Encode_WithoutDetail_IsRefused()
    {
        var (_, interval) = Closed(steps: 1, iterations: 1);
        Assert.Throws<ArgumentException>(() => IntervalCodec.Encode(interval with { Detail = null }, 7));
    }

    [Fact]
    public void Decode_AnyByteChanged_IsAProblem()
    {
        var (_, interval) = Closed(steps: 3, iterations: 5);
        var bytes = IntervalCodec.Encode(interval, 7);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.False(IntervalCodec.Decode(bytes).TryGet(out _, out _));
            Assert.False(IntervalCodec.DecodeHeader(bytes).TryGet(out _, out _));
            bytes[i] ^= 0x10;
        }

        Assert.True(IntervalCodec.Decode(bytes).TryGet(out _, out _));
        Assert.False(IntervalCodec.Decode(bytes.AsSpan(0, bytes.Length - 1)).TryGet(out _, out _));
        Assert.False(IntervalCodec.Decode([]).TryGet(out _, out _));
    }

    [Fact]
    public void Decode_OtherVersion_SaysWhich()
    {
        var (_, interval) = Closed(steps: 1, iterations: 1);
        var bytes = IntervalCodec.Encode(interval, 7);
        bytes[4] = 9;

        Assert.False(IntervalCodec.Decode(bytes).TryGet(out _, out var problems));
        Assert.Contains("version 9", problems[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_ForgedBytes_NeverThrowsAndTotalsStay()
    {
        var (run, interval) = Closed(steps: 3, iterations: 20);
        var bytes = IntervalCodec.Encode(interval, 7);
        var body = StoredIntervalWriter.Body(interval).Written.ToArray();
        var final = run.Drones[0].Cut(2, final: true);
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            ReadOnlyMemory<byte> element = seed % 2 == 0 ? Sealed(Mangled(bytes, random)) : Repacked(Mangled(body, random));
            try
            {
                var ledger = new RunLedger(run.Started);
                ledger.Restore([element], []);
                ledger.Add(final);
                var report = ledger.Complete(new() { EndTime = run.Started.StartTime.AddSeconds(2), RunTime = TimeSpan.FromSeconds(2) });
                Assert.Equal(20, report.Totals.Started);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {seed}: {error.Message}", error);
            }
        }
    }

    [Fact]
    public void Decode_Event_IsTheEvent()
    {
        var happened = new RunEvent(RunEventKind.DroneLost, new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero), "µ is \"lost\".") { RunTime = TimeSpan.FromTicks(12_345_678), Drone = "d1" };

        Assert.True(EventCodec.Decode(EventCodec.Encode(happened, 3)).TryGet(out var stored, out _));
        Assert.Equal(new(3, happened), stored);
        Assert.True(EventCodec.Decode(EventCodec.Encode(new(RunEventKind.Phase, default, ""), 0)).TryGet(out stored, out _));
        Assert.Equal(new(0, new(RunEventKind.Phase, default, "")), stored);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"fencing":1,"kind":"phase","time":"2026-03-01T12:00:00Z","text":"a"}""")]
    [InlineData("""{"v":1,"fencing":-1,"kind":"phase","time":"2026-03-01T12:00:00Z","text":"a"}""")]
    [InlineData("""{"v":1,"fencing":1,"kind":"fiesta","time":"2026-03-01T12:00:00Z","text":"a"}""")]
    [InlineData("""{"v":1,"fencing":1,"kind":"phase","time":"2026-03-01T12:00:00Z"}""")]
    [InlineData("""{"v":1,"fencing":1,"kind":"phase","time":"2026-03-01T12:00:00Z","text":"a","runTime":9223372036854775807}""")]
    public void Decode_NoEvent_IsAProblem(string json) =>
        Assert.False(EventCodec.Decode(System.Text.Encoding.UTF8.GetBytes(json)).TryGet(out _, out _));

    [Fact]
    public void Decode_MangledEvent_NeverThrows()
    {
        var bytes = EventCodec.Encode(new(RunEventKind.DroneLost, DateTimeOffset.UnixEpoch, "lost") { RunTime = TimeSpan.FromSeconds(1), Drone = "d1" }, 3);
        for (var seed = 1; seed <= 2000; seed++)
        {
            EventCodec.Decode(Mangled(bytes, new(seed))).TryGet(out _, out _);
        }
    }

    private static (FakeRun Run, RunInterval Interval) Closed(int steps, int iterations)
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 10, 2)));
        var random = new Random(5);
        run.Drones[0].Users = 12;
        for (var i = 0; i < iterations; i++)
        {
            run.Drones[0].Iterate(1, 20 * Math.Exp(random.NextDouble()), error: i == 0 ? "Refused" : null, late: random.NextDouble());
            for (var step = 0; step < steps; step++)
            {
                run.Drones[0].Step($"a step named {step}", 1, 5 * Math.Exp(random.NextDouble()));
            }
        }

        run.Drones[0].SchedulingDelay(50, 0.1);
        return (run, Assert.Single(run.Report(1)));
    }

    private static byte[] Mangled(byte[] bytes, Random random)
    {
        var mangled = bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)];
        if (random.Next(3) > 0)
        {
            mangled = [.. bytes];
        }

        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            mangled[random.Next(mangled.Length)] = (byte)(random.Next(4) == 0 ? 0xFF : random.Next(256));
        }

        return mangled;
    }

    private static byte[] Sealed(byte[] bytes)
    {
        IntervalCodec.Seal(bytes);
        return bytes;
    }

    /// <summary>A well-formed element around a body of any kind.</summary>
    private static byte[] Repacked(byte[] body)
    {
        using var writer = new WireWriter();
        writer.Raw("ORCI"u8);
        writer.Raw([IntervalCodec.Version]);
        writer.Take(8).Clear();
        writer.Number(StoredIntervalFields.Fencing, 1);
        writer.Number(StoredIntervalFields.To, TimeSpan.TicksPerSecond);
        writer.Number(StoredIntervalFields.BodyLength, body.Length);
        var compressed = new byte[System.IO.Compression.BrotliEncoder.GetMaxCompressedLength(body.Length)];
        Assert.True(System.IO.Compression.BrotliEncoder.TryCompress(body, compressed, out var length, 1, 18));
        var start = writer.Begin(StoredIntervalFields.Body);
        writer.Raw(compressed.AsSpan(0, length));
        writer.End(start);
        return Sealed(writer.Written.ToArray());
    }

    private static string Json(RunInterval interval) => JsonSerializer.Serialize(interval, ReportJsonContext.Default.RunInterval);
}
