using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Orca.Tests.Simulation;

/// <summary>What happened in a simulated run, line by line: the log of leaders and drones, and the adversary's deeds.</summary>
internal sealed class Trace : ILogger
{
    private readonly List<string> _lines = [];

    public SimulatedTime? Time { get; set; }

    public void Note(string line) => _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Time?.Now.TotalSeconds ?? 0,8:0.000}  {line}"));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Note(formatter(state, exception));

    public override string ToString() => string.Join('\n', _lines);
}
