namespace Orca.Results.Console;

/// <summary>Writes a line for each interval and event while the run goes on, and a summary at its end.</summary>
public sealed class ConsoleSink : IRunSink
{
    private readonly TextWriter _target;
    private readonly ConsoleSinkOptions _options;
    private readonly Ink _ink;
    private readonly ConsoleProgress _progress;

    /// <summary>Creates a sink that writes to a text writer.</summary>
    /// <param name="target">Where to; stays open.</param>
    /// <param name="options">How. Default: no colours, not quiet.</param>
    public ConsoleSink(TextWriter target, ConsoleSinkOptions? options = null)
    {
        (_target, _options) = (target, options ?? new());
        _ink = new(_options.Colour);
        _progress = new(_ink);
    }

    /// <inheritdoc/>
    public string Name => "console";

    /// <summary>Creates a sink for the process's standard output: with colours where it is a terminal and <c>NO_COLOR</c> is not set.</summary>
    /// <param name="quiet">Whether only the verdict is written, at the end.</param>
    public static ConsoleSink ForStandardOutput(bool quiet = false) => new(
        System.Console.Out,
        new() { Quiet = quiet, Colour = !System.Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) });

    /// <inheritdoc/>
    public ValueTask BeginAsync(RunStarted started, CancellationToken ct) => WriteAsync(_options.Quiet ? [] : ConsoleProgress.Begin(started), ct);

    /// <inheritdoc/>
    public ValueTask IntervalAsync(RunInterval interval, CancellationToken ct) =>
        WriteAsync(_options.Quiet || interval.Correction ? [] : _progress.Interval(interval), ct);

    /// <inheritdoc/>
    public ValueTask EventAsync(RunEvent happened, CancellationToken ct) => WriteAsync(_options.Quiet ? [] : _progress.Event(happened), ct);

    /// <inheritdoc/>
    public ValueTask EndAsync(RunReport report, CancellationToken ct) => WriteAsync(new ConsoleSummary(report, _ink).Write(_options.Quiet), ct);

    private async ValueTask WriteAsync(IEnumerable<string> lines, CancellationToken ct)
    {
        var text = string.Concat(lines.Select(line => line + _target.NewLine));
        if (text.Length > 0)
        {
            await _target.WriteAsync(text.AsMemory(), ct);
            await _target.FlushAsync(ct);
        }
    }
}
