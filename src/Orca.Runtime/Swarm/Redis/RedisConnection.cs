using System.Diagnostics;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Orca.Swarm.Redis;

/// <summary>A connection that stays: made in the background, watched, replaced when it is lost or frozen, shared by the media of one process.</summary>
/// <remarks>No call hangs: each has its time. No caller runs on the client's reader thread: each goes on from the thread pool.</remarks>
internal sealed class RedisConnection : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private readonly IRedisSource _source;
    private readonly RedisSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Random _random;
    private readonly RedisSubscriptions _subscriptions;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _retired = [];
    private readonly Task _loop;
    private volatile IConnectionMultiplexer? _current;
    private volatile Problem _away;
    private long _lastAnswer;

    public RedisConnection(IRedisSource source, RedisSettings settings, TimeProvider clock, ILogger logger, Random random)
    {
        (_source, _settings, _clock, _logger, _random) = (source, settings, clock, logger, random);
        _subscriptions = new(logger);
        _away = new($"Redis at {source.Endpoints} is not connected yet.");
        _loop = Task.Run(() => KeepConnectedAsync(_stopping.Token));
    }

    /// <summary>Whether the server answers.</summary>
    public bool IsConnected => _current is not null;

    /// <summary>Why there is no connection; of the last time while there is one.</summary>
    public Problem Away => _away;

    public RedisSubscriptions Subscriptions => _subscriptions;

    /// <summary>Ends at the first connection, or the first attempt that failed.</summary>
    public Task Tried => _tried.Task;

    /// <summary>Does one operation within its time; a failure is a value.</summary>
    public async ValueTask<MediumReply<T>> CallAsync<T>(string what, Func<IDatabase, Task<T>> operation, CancellationToken ct)
    {
        if (!_tried.Task.IsCompleted)
        {
            await _tried.Task.WaitAsync(ct);
        }

        if (_current is not { } connection)
        {
            return new(_away);
        }

        MediumReply<T> reply;
        try
        {
            var answer = operation(connection.GetDatabase(_settings.Database));
            reply = new(await Bounded(answer, ct));
            Volatile.Write(ref _lastAnswer, _clock.GetTimestamp());
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            reply = new(ProblemOf(what, e));
        }

        // Away from the client's reader thread, which would serve nobody else while the caller works.
        await Task.Yield();
        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        _stopping.Cancel();
        await _loop;
        await Task.WhenAll(_retired);
        _stopping.Dispose();
    }

    private async Task KeepConnectedAsync(CancellationToken ct)
    {
        long? lost = null;
        try
        {
            while (true)
            {
                var connection = await ConnectAsync(ct);
                Volatile.Write(ref _lastAnswer, _clock.GetTimestamp());
                _current = connection;
                if (lost is { } since)
                {
                    RedisLog.Reconnected(_logger, _source.Endpoints, _clock.GetElapsedTime(since).TotalSeconds);
                }
                else
                {
                    RedisLog.Connected(_logger, _source.Endpoints);
                }

                await _subscriptions.MoveToAsync(connection, task => Bounded(task, CancellationToken.None));
                _tried.TrySetResult();
                var reason = await WatchAsync(connection, ct);
                lost = _clock.GetTimestamp();
                _away = new($"The connection to Redis at {_source.Endpoints} is lost: {reason}");
                _current = null;
                RedisLog.Lost(_logger, _source.Endpoints, reason);
                Retire(connection);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            if (_current is { } connection)
            {
                _current = null;
                if (!_source.IsOwned)
                {
                    await _subscriptions.LeaveAsync();
                }

                Retire(connection);
            }

            _away = new($"The connection to Redis at {_source.Endpoints} is closed.");
            _tried.TrySetResult();
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync(CancellationToken ct)
    {
        var pause = FirstPause;
        string? told = null;
        while (true)
        {
            var connecting = _source.ConnectAsync();
            try
            {
                // The client's own time-out comes first; this one is for a client that ignores it.
                var connection = await connecting.WaitAsync(_settings.ConnectTimeout * 2, _clock, ct);
                await Bounded(connection.GetDatabase(_settings.Database).PingAsync(), ct);
                return connection;
            }
            catch (Exception e)
            {
                Retire(connecting);
                ct.ThrowIfCancellationRequested();
                var reason = _source.Explain(e);
                _away = new($"Redis at {_source.Endpoints} cannot be reached: {reason}") { Advice = "Start it, or correct Orca:Redis." };
                if (told != reason)
                {
                    RedisLog.Unreachable(_logger, _source.Endpoints, reason);
                    told = reason;
                }

                _tried.TrySetResult();
            }

            // Jittered, so that a large swarm does not come back all at once.
            await Task.Delay(pause * (0.5 + (_random.NextDouble() / 2)), _clock, ct);
            pause = pause * 2 < _settings.LongestPause ? pause * 2 : _settings.LongestPause;
        }
    }

    // Ends when the connection is lost, with the reason. Any answer is a sign of life: a ping may stand behind a large one.
    private async Task<string> WatchAsync(IConnectionMultiplexer connection, CancellationToken ct)
    {
        var failed = new Wake(_clock);
        string? reason = null;
        void Failed(object? sender, ConnectionFailedEventArgs e)
        {
            Volatile.Write(ref reason, $"{e.FailureType} ({e.ConnectionType})");
            failed.Signal();
        }

        connection.ConnectionFailed += Failed;
        try
        {
            while (true)
            {
                await failed.WaitAsync(_settings.PingPeriod, ct);
                if (Volatile.Read(ref reason) is { } why && (_source.IsOwned || !connection.IsConnected))
                {
                    return why;
                }

                var silent = _clock.GetElapsedTime(Volatile.Read(ref _lastAnswer));
                if (await AnswersAsync(connection, ct))
                {
                    Volatile.Write(ref _lastAnswer, _clock.GetTimestamp());
                }
                else if (_clock.GetElapsedTime(Volatile.Read(ref _lastAnswer)) >= _settings.Patience)
                {
                    return $"no answer for {silent.TotalSeconds:0.0} s";
                }
            }
        }
        finally
        {
            connection.ConnectionFailed -= Failed;
        }
    }

    private async Task<bool> AnswersAsync(IConnectionMultiplexer connection, CancellationToken ct)
    {
        try
        {
            await Bounded(connection.GetDatabase(_settings.Database).PingAsync(), ct);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<T> Bounded<T>(Task<T> operation, CancellationToken ct)
    {
        try
        {
            return await operation.WaitAsync(_settings.Timeout, _clock, ct);
        }
        finally
        {
            Observe(operation);
        }
    }

    private async Task Bounded(Task operation, CancellationToken ct)
    {
        try
        {
            await operation.WaitAsync(_settings.Timeout, _clock, ct);
        }
        finally
        {
            Observe(operation);
        }
    }

    // What nobody waits for any more may still fail: that is no unobserved exception.
    private static void Observe(Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            _ = task.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Retire(IConnectionMultiplexer connection)
    {
        if (_source.IsOwned)
        {
            _subscriptions.Forget(connection);
        }

        Retire(Task.FromResult(connection));
    }

    // Closing takes seconds where the server is frozen; one that comes only after nobody waits for it any more is closed too.
    private void Retire(Task<IConnectionMultiplexer> connecting)
    {
        Observe(connecting);
        if (_source.IsOwned)
        {
            _retired.RemoveAll(static task => task.IsCompleted);
            _retired.Add(Task.Run(async () =>
            {
                try
                {
                    Close(await connecting.WaitAsync(_settings.ConnectTimeout * 4, _clock));
                }
                catch (Exception e)
                {
                    // Whoever asked for it was told; what never came needs no closing.
                    Debug.WriteLine(e);
                }
            }));
        }
    }

    private static void Close(IConnectionMultiplexer connection)
    {
        try
        {
            connection.Dispose();
        }
        catch (Exception e) when (e is RedisException or ObjectDisposedException or InvalidOperationException or TimeoutException)
        {
            Debug.WriteLine(e);
        }
    }

    private Problem ProblemOf(string what, Exception e) => new($"Redis at {_source.Endpoints} did not {what}: {ReasonOf(e)}");

    private string ReasonOf(Exception e) => e switch
    {
        RedisServerException => e.Message,
        TimeoutException => $"no answer within {_settings.Timeout.TotalSeconds:0.#} s",
        _ => e.Message,
    };
}
