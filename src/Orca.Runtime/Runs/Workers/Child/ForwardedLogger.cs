using Microsoft.Extensions.Logging;

namespace Orca.Runs.Workers.Child;

/// <summary>One category of <see cref="ForwardedLoggers"/>; an exception goes over as text.</summary>
internal sealed class ForwardedLogger(string category, ForwardedLoggers all) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => all.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (all.IsEnabled(logLevel))
        {
            var text = formatter(state, exception);
            all.Add(category, logLevel, eventId, exception is null ? text : $"{text}\n{exception}");
        }
    }
}
