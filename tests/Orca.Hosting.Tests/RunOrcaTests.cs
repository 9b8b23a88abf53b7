using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orca.Hosting;
using Orca.Results;
using Orca.TestKit;

namespace Orca.Tests.Hosting;

/// <summary>Whole runs of a tiny real package on an embedded swarm.</summary>
public sealed class RunOrcaTests : IDisposable
{
    private const string LongPlan = """{ "interval": "100ms", "scenarios": { "sample": { "load": [ { "users": 2, "for": "10m" } ] } } }""";

    private readonly Workshop _shop = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task RunOrcaAsync_ShortRun_ReturnsItsReportAndFeedsTheSinks()
    {
        var builder = Builder("""{ "quorum": 2, "scenarios": { "sample": { "load": [ { "iterations": 50, "users": 2, "for": "1s" } ] } } }""", drones: 2);
        var sink = Sink(builder);

        var result = await builder.Build().RunOrcaAsync(Ct);

        Assert.Empty(result.Problems);
        Assert.NotNull(result.Report);
        Assert.Equal(50, result.Report.Totals.Finished);
        Assert.Equal(2, result.Report.Drones.Length);
        Assert.Equal(result.ExitCode, result.Report.ExitCode);
        Assert.True(sink.HasBegun);
        Assert.Same(result.Report, await sink.Ended);
        Assert.StartsWith(Path.Combine(_shop.Folder, "reports"), result.Report.Folder);
    }

    [Fact]
    public async Task RunOrcaAsync_StoppedWhileTheLoadRuns_DrainsAndIsAborted()
    {
        var builder = Builder(LongPlan);
        var sink = Sink(builder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var running = builder.Build().RunOrcaAsync(stop.Token);
        await sink.Loading.WaitAsync(Ct);
        await stop.CancelAsync();
        var result = await running;

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Equal(Verdict.Aborted, result.Report!.Verdict);
        Assert.True(result.Report.Totals.Finished > 0);
        Assert.Equal(result.Report.Totals.Started, result.Report.Totals.Finished + result.Report.Totals.Interrupted);
        Assert.Contains(result.Report.Reasons, reason => reason.Text.Contains("the host stops", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_WhileTheLoadRuns_EndsTheHostWithTheReason()
    {
        var builder = Builder(LongPlan);
        var sink = Sink(builder);
        var host = builder.Build();
        var run = host.Services.GetRequiredService<OrcaRun>();

        var running = host.RunOrcaAsync(Ct);
        await sink.Loading.WaitAsync(Ct);
        run.Stop("seen enough");
        run.Stop("too late to count");
        var result = await running;

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Contains(result.Report!.Reasons, reason => reason.Text.Contains("seen enough", StringComparison.Ordinal));
        Assert.Same(result, await run.Completion);
    }

    [Fact]
    public async Task Stop_BeforeTheHostStarts_KeepsTheRunFromStarting()
    {
        var host = Builder(LongPlan).Build();
        host.Services.GetRequiredService<OrcaRun>().Stop("changed my mind");

        var result = await host.RunOrcaAsync(Ct);

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Contains("The run was stopped before it started: changed my mind", Assert.Single(result.Problems).What);
    }

    [Fact]
    public async Task StopAsync_RightAfterStart_CompletesTheRun()
    {
        using var host = Builder(LongPlan).Build();
        await host.StartAsync(Ct);
        await host.StopAsync(Ct);

        var result = await host.Services.GetRequiredService<OrcaRun>().Completion.WaitAsync(Ct);

        Assert.Equal(ExitCode.Aborted, result.ExitCode);
    }

    [Fact]
    public async Task StopAsync_PastTheShutdownTimeout_GivesTheRunUp()
    {
        var builder = Builder(LongPlan);
        var sink = Sink(builder);
        using var host = builder.Build();
        await host.StartAsync(Ct);
        await sink.Loading.WaitAsync(Ct);

        await host.StopAsync(new CancellationToken(canceled: true));

        var result = await host.Services.GetRequiredService<OrcaRun>().Completion.WaitAsync(Ct);
        Assert.Equal(ExitCode.Aborted, result.ExitCode);
        Assert.Null(result.Report);
        Assert.Contains("what it measured is lost", Assert.Single(result.Problems).What);
    }

    [Fact]
    public async Task RunOrcaAsync_UnknownPackage_IsBadInput()
    {
        var builder = Builder(LongPlan);
        builder.AddOrcaSwarm(options => options.Package = "Acme.Missing");

        var result = await builder.Build().RunOrcaAsync(Ct);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("Acme.Missing", Assert.Single(result.Problems).What);
    }

    private HostApplicationBuilder Builder(string plan, int drones = 1)
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests", body: "public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) => await user.ThinkAsync(TimeSpan.FromMilliseconds(1));")
            .File("orca.json", plan));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddOrcaSwarm(options =>
        {
            options.Package = "Acme.Tests";
            options.Drones = drones;
            options.NuGetConfigRoot = _shop.Folder;
            options.Feeds.Add(_shop.Feed);
            options.Cache = _shop.Cache;
            options.Out = Path.Combine(_shop.Folder, "reports");
            options.Quiet = true;
        });
        return builder;
    }

    private static SignalSink Sink(HostApplicationBuilder builder)
    {
        var sink = new SignalSink();
        builder.Services.AddSingleton<IRunSink>(sink);
        return sink;
    }

    private sealed class SignalSink : IRunSink
    {
        private readonly TaskCompletionSource _loading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<RunReport> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "signal";

        public bool HasBegun { get; private set; }

        public Task Loading => _loading.Task;

        public Task<RunReport> Ended => _ended.Task;

        public ValueTask BeginAsync(RunStarted started, CancellationToken ct)
        {
            HasBegun = true;
            return default;
        }

        public ValueTask IntervalAsync(RunInterval interval, CancellationToken ct)
        {
            _loading.TrySetResult();
            return default;
        }

        public ValueTask EndAsync(RunReport report, CancellationToken ct)
        {
            _ended.TrySetResult(report);
            return default;
        }
    }
}
