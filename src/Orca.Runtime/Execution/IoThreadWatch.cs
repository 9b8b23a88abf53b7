using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Orca.Execution;

/// <summary>Finds out, under the performance profile, that a test blocks a thread on which all answers come in; from then on tests go on elsewhere.</summary>
internal sealed class IoThreadWatch : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _clock;
    private readonly Action _blocked;
    private readonly ILogger _logger;
    private readonly Socket[] _sockets;
    private readonly long[] _sent;
    private readonly Task[] _loops;

    /// <param name="blocked">Called once, from the pool, when a thread has not come back for 200 ms.</param>
    /// <param name="clock">What it measures by.</param>
    /// <param name="logger">Told of it.</param>
    public IoThreadWatch(Action blocked, TimeProvider clock, ILogger logger)
    {
        (_blocked, _clock, _logger) = (blocked, clock, logger);

        // Sockets are dealt out to the threads in turn: twice as many as there are threads leave none out.
        _sockets = [.. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => ToItself())];
        _sent = new long[_sockets.Length];
        _loops = [.. _sockets.Select((_, index) => ListenAsync(index)), WatchAsync()];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        _stop.Dispose();
    }

    private static Socket ToItself()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(socket.LocalEndPoint!);
        return socket;
    }

    private async Task ListenAsync(int index)
    {
        var buffer = new byte[1];
        try
        {
            while (true)
            {
                await _sockets[index].ReceiveAsync(buffer, SocketFlags.None, _stop.Token);
                Volatile.Write(ref _sent[index], 0);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Period, _clock);
        var looked = _clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                // Where the whole process stood still, nobody in it is to blame.
                var stoodStill = _clock.GetElapsedTime(looked) > 2 * Period;
                looked = _clock.GetTimestamp();
                if (stoodStill)
                {
                    Forgive();
                }
                else if (Look())
                {
                    _blocked();
                    ExecutionLog.IoThreadBlocked(_logger, Patience.TotalMilliseconds);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Forgive()
    {
        foreach (ref var sent in _sent.AsSpan())
        {
            if (Volatile.Read(ref sent) is not 0 and var since)
            {
                Interlocked.CompareExchange(ref sent, _clock.GetTimestamp(), since);
            }
        }
    }

    /// <summary>Whether a message to itself has not come back in time; sends the next ones.</summary>
    private bool Look()
    {
        for (var index = 0; index < _sockets.Length; index++)
        {
            var sent = Volatile.Read(ref _sent[index]);
            if (sent == 0)
            {
                Volatile.Write(ref _sent[index], _clock.GetTimestamp());
                _sockets[index].Send([0]);
            }
            else if (_clock.GetElapsedTime(sent) > Patience)
            {
                return true;
            }
        }

        return false;
    }
}
