using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Orca.Runs.Workers.Child;

/// <summary>Loggers whose events go to the drone, never at the cost of who logs: too many at once are dropped and counted.</summary>
internal sealed class ForwardedLoggers : ILoggerFactory, IAsyncDisposable
{
    private const int MostWaiting = 1000;
    private const int LongestText = 8000;

    private readonly Channel<LogBody> _events;
    private readonly LogLevel _lowest;
    private readonly Task _sending;
    private long _dropped;

    public ForwardedLoggers(LogLevel lowest, Action<LogBody> send)
    {
        _lowest = lowest;
        _events = Channel.CreateBounded<LogBody>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => Interlocked.Increment(ref _dropped));
        _sending = SendAsync(send);
    }

    public ILogger CreateLogger(string categoryName) => new ForwardedLogger(categoryName, this);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("What a test logs goes to the drone.");

    public bool IsEnabled(LogLevel level) => level >= _lowest && level != LogLevel.None;

    public void Add(string category, LogLevel level, EventId id, string text) =>
        _events.Writer.TryWrite(new(category, level, id.Id, id.Name, text.Length > LongestText ? text[..LongestText] : text));

    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        await _sending;
    }

    // Loggers are handed out; who disposes the factory early, a test perhaps, must not silence the others.
    void IDisposable.Dispose()
    {
    }

    private async Task SendAsync(Action<LogBody> send)
    {
        await foreach (var body in _events.Reader.ReadAllAsync())
        {
            send(body);
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            {
                send(new(typeof(ForwardedLoggers).FullName!, LogLevel.Warning, 0, null, $"{dropped} log events of the test came too fast and were dropped"));
            }
        }
    }
}
