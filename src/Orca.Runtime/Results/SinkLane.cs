using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Orca.Results;

/// <summary>One sink behind its queue: its calls in order, one at a time, in a loop of its own.</summary>
internal sealed class SinkLane : IAsyncDisposable
{
    /// <summary>How many intervals, and how many events, may wait.</summary>
    public const int Limit = 256;

    private static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(5);

    private readonly IRunSink _sink;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>(new() { SingleReader = true });
    private readonly CancellationTokenSource _givenUp = new();
    private readonly Task _loop;
    private int _intervalsWaiting;
    private int _eventsWaiting;
    private long _intervalsLeftOut;
    private long _eventsLeftOut;
    private volatile Problem? _failure;

    public SinkLane(IRunSink sink, TimeProvider clock, ILogger logger)
    {
        (_sink, _clock, _logger) = (sink, clock, logger);
        _loop = RunAsync();
    }

    private enum CallKind
    {
        Other,
        Interval,
        Event,
    }

    public bool StoresDocuments => _sink is IDocumentSink;

    public void Begin(RunStarted started) => Enqueue(CallKind.Other, (sink, ct) => sink.BeginAsync(started, ct));

    public void Interval(RunInterval interval)
    {
        if (Interlocked.Increment(ref _intervalsWaiting) > Limit)
        {
            Interlocked.Decrement(ref _intervalsWaiting);
            if (Interlocked.Increment(ref _intervalsLeftOut) == 1)
            {
                _logger.SinkFellBehind(_sink.Name, Limit);
            }

            return;
        }

        Enqueue(CallKind.Interval, (sink, ct) => sink.IntervalAsync(interval, ct));
    }

    // A store is quick, for it only writes to disk; and what the swarm's list kept back meanwhile may be more than the limit.
    public void Kept(RunInterval interval) => Enqueue(CallKind.Other, (sink, ct) => sink.IntervalAsync(interval, ct));

    public void Restored(RunInterval interval) =>
        Enqueue(CallKind.Other, (sink, ct) => sink is IDocumentSink store ? store.RestoredAsync(interval, ct) : default);

    public void Event(RunEvent happened)
    {
        if (Interlocked.Increment(ref _eventsWaiting) > Limit)
        {
            Interlocked.Decrement(ref _eventsWaiting);
            Interlocked.Increment(ref _eventsLeftOut);
            return;
        }

        Enqueue(CallKind.Event, (sink, ct) => sink.EventAsync(happened, ct));
    }

    /// <summary>Hands over the report and waits; gives up after the time-out.</summary>
    public async Task<IReadOnlyList<Problem>> EndAsync(RunReport report, TimeSpan timeout, CancellationToken ct)
    {
        Enqueue(CallKind.Other, (sink, token) => sink.EndAsync(report, token));
        _calls.Writer.TryComplete();
        Problem? unfinished = null;
        try
        {
            await _loop.WaitAsync(timeout, _clock, ct);
        }
        catch (TimeoutException)
        {
            _logger.SinkGivenUp(_sink.Name, timeout);
            unfinished = new Problem($"Sink '{_sink.Name}' was not done within {timeout.TotalSeconds:0.#} s after the run and was given up.");
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            unfinished = new Problem($"Sink '{_sink.Name}' was not waited for, because the run was interrupted.");
        }

        if (unfinished is not null)
        {
            await _givenUp.CancelAsync();
        }

        List<Problem> problems = [];
        if (_failure is { } failure)
        {
            problems.Add(failure);
        }
        else if (unfinished is not null)
        {
            problems.Add(unfinished);
        }

        var (intervals, events) = (Interlocked.Read(ref _intervalsLeftOut), Interlocked.Read(ref _eventsLeftOut));
        if (intervals + events > 0)
        {
            problems.Add(new Problem($"Sink '{_sink.Name}' was too slow for the run: {intervals} intervals and {events} events did not reach it."));
        }

        return problems;
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Writer.TryComplete();
        await _givenUp.CancelAsync();
        try
        {
            await _loop.WaitAsync(DisposeTimeout, _clock);
        }
        catch (TimeoutException)
        {
            // A sink that heeds no cancellation is left behind; its loop ends with its call.
            _logger.SinkGivenUp(_sink.Name, DisposeTimeout);
            return;
        }

        _givenUp.Dispose();
    }

    private void Enqueue(CallKind kind, Func<IRunSink, CancellationToken, ValueTask> call) => _calls.Writer.TryWrite(new(kind, call));

    private async Task RunAsync()
    {
        await foreach (var (kind, call) in _calls.Reader.ReadAllAsync())
        {
            if (_failure is null && !_givenUp.IsCancellationRequested)
            {
                await MakeAsync(call);
            }

            if (kind == CallKind.Interval)
            {
                Interlocked.Decrement(ref _intervalsWaiting);
            }
            else if (kind == CallKind.Event)
            {
                Interlocked.Decrement(ref _eventsWaiting);
            }
        }
    }

    private async Task MakeAsync(Func<IRunSink, CancellationToken, ValueTask> call)
    {
        try
        {
            await call(_sink, _givenUp.Token);
        }
        catch (OperationCanceledException) when (_givenUp.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            _failure = new Problem($"Sink '{_sink.Name}' failed with {error.GetType().Name}: {error.Message} It got nothing more of this run.");
            _logger.SinkFailed(_sink.Name, error.Message);
        }
    }

    private readonly record struct Call(CallKind Kind, Func<IRunSink, CancellationToken, ValueTask> Make);
}
