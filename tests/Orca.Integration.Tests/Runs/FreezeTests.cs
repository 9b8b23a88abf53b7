using Orca.Results;
using Orca.Samples.Target;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>A target that freezes for a second under 2,000 arrivals a second, in real time; <c>OpenLoadTests</c> has it exactly, on a driven clock.</summary>
[Collection(MachineAlone.Name)]
public sealed class FreezeTests : IDisposable
{
    private const string Package = "Freeze.Tests";
    private const int Rate = 2000;
    private const int Seconds = 10;
    private const double TooNoisy = 20;
    private const double MostNoise = 100;

    // Each user keeps a connection of its own: what is measured is the freeze, and not two thousand handshakes within it.
    private const string Source = """
        public sealed class SampleLoadTest : LoadTest<NetworkStream> {
            private static readonly byte[] Line = "hello\n"u8.ToArray();
            private string[] _echo = [];
            public override ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) { _echo = context.Parameters["echo"].Split(':'); return default; }
            protected override async ValueTask<NetworkStream> StartUserAsync(VirtualUser user, CancellationToken ct) {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(_echo[0], int.Parse(_echo[1]), ct);
                return new NetworkStream(socket, ownsSocket: true); }
            protected override async ValueTask RunAsync(VirtualUser user, NetworkStream stream, CancellationToken ct) {
                await stream.WriteAsync(Line, ct);
                await stream.ReadExactlyAsync(new byte[Line.Length], ct); }
            protected override ValueTask StopUserAsync(VirtualUser user, NetworkStream stream, CancellationToken ct) => stream.DisposeAsync(); }
        """;

    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Target_FreezesForASecondInTen_EveryArrivalIsStartedOnTimeAndTheWaitingCounts()
    {
        LongTest.Require();
        _shop.Add(new TestPackage(Package).Source(Source));
        await using var target = await TargetServer.StartAsync(ct: TestContext.Current.CancellationToken);
        await using var swarm = new TestSwarm(_shop, drones: 2);

        var result = await swarm.RunAsync(
            $$"""
            { "package": "{{Package}}@1.0.0", "parameters": { "echo": "{{target.Echo}}" }, "quorum": 2, {{PlanText.WideLimits}},
              "scenarios": { "go": { "test": "sample", "maxUsers": 4000, "load": [ { "rate": {{Rate}}, "users": 3000, "for": "{{Seconds}}s" } ] } } }
            """,
            new FreezeAtInterval(target, number: 3));

        var (report, work) = (result.Report!, result.Report!.Totals);
        Assert.Equal(Rate * Seconds, target.Read().EchoMessages);
        Assert.Equal((Rate * Seconds, Rate * Seconds, 0, 0), (work.Started, work.Ok, work.Dropped, work.Missed));

        // How late the generator was, and how long what came back had to wait for a thread: the machine's doing, not the target's.
        var (lateness, delay) = (work.Lateness!.P99, report.Drones.Max(drone => drone.SchedulingDelay!.Max));
        Assert.SkipWhen(lateness > TooNoisy, $"This machine is too busy for times to mean anything: arrivals were started {lateness:0} ms late at p99.");

        // All arrivals of the frozen second were started in it, as in every other: whenever an interval closed, all that were due had been started.
        var started = 0L;
        Assert.All(report.Intervals.Where(interval => interval.To <= TimeSpan.FromSeconds(Seconds)), interval =>
            Assert.True((started += interval.Total.Arrivals) >= (interval.To.TotalSeconds - 0.05) * Rate, $"{started} were started by {interval.To}."));

        // 200 of 20,000 wait longest: those of the first tenth of the freeze, 900 ms and more each. Response and service time agree, for all started on time.
        var noise = Math.Min(lateness + delay, MostNoise);
        AssertNear(901, work.Response!.P99, noise);
        AssertNear(1000, work.Response.Max, noise);
        AssertNear(901, work.Service!.P99, noise);
        AssertNear(1000, work.Service.Max, noise);
        Assert.InRange(work.Response.P50, 0, 450);
    }

    // No noise makes a time shorter.
    private static void AssertNear(double expected, double milliseconds, double noise) =>
        Assert.InRange(milliseconds, expected * 0.95, (expected * 1.05) + noise);

    /// <summary>Freezes the target for a second as soon as an interval has closed.</summary>
    private sealed class FreezeAtInterval(TargetServer target, int number) : IRunSink
    {
        private int _closed;

        public string Name => "freeze";

        public ValueTask IntervalAsync(RunInterval interval, CancellationToken ct)
        {
            if (++_closed == number)
            {
                target.Freeze(TimeSpan.Zero, TimeSpan.FromSeconds(1));
            }

            return default;
        }
    }
}
