using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orca.Execution;
using Orca.Plans;

namespace Orca.Tests.Execution;

public sealed class IoThreadWatchTests
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // .NET reads the switch with a process's first socket, so these two run in a process of their own.
    [Theory]
    [InlineData(nameof(Inline_TestThatBlocksItsThread_GoesOnElsewhere))]
    [InlineData(nameof(Inline_TestThatAwaits_IsLeftWhereItIs))]
    public async Task InTheProfile_InAProcessOfItsOwn_Passes(string test)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!, ["-method", $"{typeof(IoThreadWatchTests).FullName}.{test}", "-explicit", "only", "-noColor"]) { RedirectStandardOutput = true };
        info.Environment[InlineCompletions] = "1";
        using var process = Process.Start(info)!;
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);

        Assert.True(process.ExitCode == 0 && output.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0", StringComparison.Ordinal), output);
    }

    [Fact(Explicit = true)]
    public async Task Inline_TestThatBlocksItsThread_GoesOnElsewhere()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok("hello"));
        using var free = new SemaphoreSlim(0);
        var (log, blocked, after, strays) = (new Told(), 0, 0, 0);
        await using var engine = RealEngine.Of(
            new FakeLoadTest
            {
                Run = async (user, ct) =>
                {
                    var wasNoticed = log.HasTold;
                    using (await user.Http.GetAsync("/", ct))
                    {
                    }

                    // Answers come in on this thread: until somebody notices, others wait for theirs.
                    var isIoThread = !Thread.CurrentThread.IsThreadPoolThread;
                    if (isIoThread && Interlocked.Exchange(ref blocked, 1) == 0)
                    {
                        free.Wait(ct);
                    }

                    Interlocked.Add(ref after, wasNoticed ? 1 : 0);
                    Interlocked.Add(ref strays, wasNoticed && isIoThread ? 1 : 0);
                },
            },
            new Setting { Target = server.Address, Logger = log },
            new UsersStage(20, 20, TimeSpan.FromMinutes(1)));

        await engine.RunUntilAsync(() =>
        {
            if (log.HasTold)
            {
                free.Release();
            }

            return Volatile.Read(ref after) > 200;
        });

        Assert.True(log.HasTold && after > 200);
        Assert.Equal(0, strays);
        Assert.Equal(engine.Measured.Started, engine.Measured.Finished);
    }

    [Fact(Explicit = true)]
    public async Task Inline_TestThatAwaits_IsLeftWhereItIs()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok("hello"));
        var (log, done) = (new Told(), 0);
        await using var engine = RealEngine.Of(
            new FakeLoadTest
            {
                Run = async (user, ct) =>
                {
                    using (await user.Http.GetAsync("/", ct))
                    {
                    }

                    Interlocked.Increment(ref done);
                    await user.ThinkAsync(TimeSpan.FromMilliseconds(5));
                },
            },
            new Setting { Target = server.Address, Logger = log },
            new UsersStage(4, 4, TimeSpan.FromMinutes(1)));
        var began = Stopwatch.GetTimestamp();

        await engine.RunUntilAsync(() => Volatile.Read(ref done) > 100 && Stopwatch.GetElapsedTime(began) > 3 * IoThreadWatch.Patience);

        Assert.False(log.HasTold);
        Assert.Equal(0, engine.Measured.ResponseFailed.Count);
    }

    private sealed class Told : ILogger
    {
        private volatile bool _hasTold;

        /// <summary>Whether a blocked thread was told of.</summary>
        public bool HasTold => _hasTold;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _hasTold = _hasTold || eventId.Name == "IoThreadBlocked";
    }
}
