using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Orca.Swarm.Redis;

/// <summary>Who listens to what, over all the connections that come and go.</summary>
internal sealed class RedisSubscriptions(ILogger logger)
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, Listeners> _channels = new(StringComparer.Ordinal);
    private volatile IConnectionMultiplexer? _connection;
    private Func<Task, Task>? _bounded;

    /// <summary>How many channels are listened to.</summary>
    public int Count => _channels.Count;

    /// <summary>Listens until removed; takes effect with the next connection where there is none now.</summary>
    public async Task AddAsync(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (!_channels.TryGetValue(channel, out var listeners))
            {
                _channels[channel] = listeners = new();
                await ListenAsync(channel, listeners);
            }

            listeners.Add(writer);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task RemoveAsync(string channel, ChannelWriter<ReadOnlyMemory<byte>> writer)
    {
        await _turn.WaitAsync();
        try
        {
            if (_channels.TryGetValue(channel, out var listeners) && listeners.Remove(writer) == 0)
            {
                _channels.Remove(channel);
                await StopAsync(channel, listeners);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Listens to everything on another connection.</summary>
    public async Task MoveToAsync(IConnectionMultiplexer connection, Func<Task, Task> bounded)
    {
        await _turn.WaitAsync();
        try
        {
            // A host's own connection is the same one as before, and has kept what it listened to.
            var same = _connection == connection;
            (_connection, _bounded) = (connection, bounded);
            foreach (var (channel, listeners) in same ? [] : _channels.ToArray())
            {
                await ListenAsync(channel, listeners);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A connection is about to be closed: nothing is asked of it any more.</summary>
    public void Forget(IConnectionMultiplexer connection)
    {
        if (_connection == connection)
        {
            _connection = null;
        }
    }

    /// <summary>Listens to nothing any more.</summary>
    public async Task LeaveAsync()
    {
        await _turn.WaitAsync();
        try
        {
            foreach (var (channel, listeners) in _channels)
            {
                await StopAsync(channel, listeners);
            }

            _channels.Clear();
            _connection = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task ListenAsync(string channel, Listeners listeners) =>
        TryAsync(channel, subscriber => subscriber.SubscribeAsync(NameOf(channel), listeners.Handler));

    private Task StopAsync(string channel, Listeners listeners) =>
        TryAsync(channel, subscriber => subscriber.UnsubscribeAsync(NameOf(channel), listeners.Handler));

    // Where it fails, with whatever the client throws, the connection is on its way out, and the next one is listened to anew.
    private async Task TryAsync(string channel, Func<ISubscriber, Task> act)
    {
        if (_connection is not { } connection)
        {
            return;
        }

        try
        {
            await _bounded!(act(connection.GetSubscriber()));
        }
        catch (Exception e)
        {
            RedisLog.NotListening(logger, channel, e.Message);
        }
    }

    private static RedisChannel NameOf(string channel) => new(channel, RedisChannel.PatternMode.Literal);

    /// <summary>Passes a channel's messages on; runs on the client's reader thread, so it only ever writes.</summary>
    private sealed class Listeners
    {
        private volatile ChannelWriter<ReadOnlyMemory<byte>>[] _writers = [];

        public Listeners() => Handler = (_, message) =>
        {
            foreach (var writer in _writers)
            {
                writer.TryWrite((byte[]?)message ?? []);
            }
        };

        public Action<RedisChannel, RedisValue> Handler { get; }

        public void Add(ChannelWriter<ReadOnlyMemory<byte>> writer) => _writers = [.. _writers, writer];

        /// <summary>How many are left.</summary>
        public int Remove(ChannelWriter<ReadOnlyMemory<byte>> writer)
        {
            _writers = [.. _writers.Where(other => other != writer)];
            return _writers.Length;
        }
    }
}
