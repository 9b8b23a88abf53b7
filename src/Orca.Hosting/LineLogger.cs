using Microsoft.Extensions.Logging;

namespace Orca.Hosting;

/// <summary>Logs by calling an action with each line, one call at a time.</summary>
internal sealed class LineLogger(Action<string> write) : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{logLevel.ToString().ToLowerInvariant()}: {formatter(state, exception)}";
        lock (_lock)
        {
            write(exception is null ? line : line + Environment.NewLine + exception);
        }
    }

    public void Dispose()
    {
    }
}
