using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orca.Tests.Runs;

/// <summary>Keeps what leader, drones and tests logged.</summary>
internal sealed class RunLog : ILoggerFactory, ILoggerProvider, ILogger
{
    private const int Leaked = 1120;
    private readonly ConcurrentQueue<(string Text, TaskCompletionSource<string> Seen)> _awaited = new();

    public ConcurrentQueue<(LogLevel Level, EventId Event, string Text)> Lines { get; } = new();

    /// <summary>Fails the test where a package did not unload, or Orca logged an error.</summary>
    public void AssertClean()
    {
        Assert.DoesNotContain(Lines, line => line.Event.Id == Leaked);
        Assert.DoesNotContain(Lines, line => line.Level >= LogLevel.Error);
    }

    /// <summary>Ends with a line that holds a text, whenever it was logged.</summary>
    public async Task<string> SeenAsync(string text, CancellationToken ct)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited.Enqueue((text, seen));
        if (Lines.FirstOrDefault(line => line.Text.Contains(text, StringComparison.Ordinal)).Text is { } before)
        {
            return before;
        }

        return await seen.Task.WaitAsync(ct);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        Lines.Enqueue((logLevel, eventId, line));
        foreach (var (text, seen) in _awaited)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                seen.TrySetResult(line);
            }
        }
    }

    public void Dispose()
    {
    }
}
