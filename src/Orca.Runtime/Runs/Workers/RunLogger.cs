using Microsoft.Extensions.Logging;

namespace Orca.Runs.Workers;

/// <summary>Begins what is logged with the run and the drone that it is about, for those who know of neither.</summary>
internal sealed class RunLogger(ILogger inner, string run, string drone) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        inner.Log(logLevel, eventId, state, exception, (told, error) => $"Run {run}: drone {drone}: {formatter(told, error)}");
}
