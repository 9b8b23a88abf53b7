using Orca.Results.Console.Live;

namespace Orca.Results.Console;

/// <summary>Shows a run while it goes on, as a live view on a terminal and as a line for each interval and event elsewhere, and a summary at its end.</summary>
public sealed class ConsoleSink : IRunSink
{
    private readonly TextWriter _target;
    private readonly ConsoleSinkOptions _options;
    private readonly Ink _ink;
    private readonly ConsoleProgress _progress;
    private readonly LiveConsole? _live;
    private readonly Func<int> _width;
    private int _shown;

    /// <summary>Creates a sink that writes lines to a text writer.</summary>
    /// <param name="target">Where to; stays open.</param>
    /// <param name="options">How. Default: no colours, not quiet.</param>
    public ConsoleSink(TextWriter target, ConsoleSinkOptions? options = null)
        : this(target, options ?? new(), live: null, () => Column.LineWidth)
    {
    }

    internal ConsoleSink(TextWriter target, ConsoleSinkOptions options, LiveConsole? live, Func<int> width)
    {
        (_target, _options, _live, _width) = (target, options, live, width);
        _ink = new(_options.Colour);
        _progress = new(_ink);
    }

    /// <inheritdoc/>
    public string Name => "console";

    private bool IsLive => _live is { HasBegun: true };

    /// <summary>Creates a sink for the process's standard output: live where it is a terminal, with colours where <c>NO_COLOR</c> is not set.</summary>
    /// <param name="quiet">Whether only the verdict is written, at the end.</param>
    public static ConsoleSink ForStandardOutput(bool quiet = false)
    {
        var isTerminal = !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        var options = new ConsoleSinkOptions { Quiet = quiet, Colour = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) };
        if (!isTerminal)
        {
            return new(System.Console.Out, options);
        }

        if (quiet)
        {
            return new(System.Console.Out, options, live: null, TerminalWidth);
        }

        var taps = ConsoleTaps.Install();
        var screen = new LiveScreen(taps.Terminal, options.Colour, () => (System.Console.WindowWidth, System.Console.WindowHeight));
        return new(System.Console.Out, options, new LiveConsole(screen, taps, TimeProvider.System), TerminalWidth);
    }

    /// <inheritdoc/>
    public ValueTask BeginAsync(RunStarted started, CancellationToken ct)
    {
        if (_live is null)
        {
            return WriteAsync(_options.Quiet ? [] : ConsoleProgress.Begin(started), ct);
        }

        _live.Begin(started, ct);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask IntervalAsync(RunInterval interval, CancellationToken ct)
    {
        _shown = interval.Number + 1;
        if (!IsLive)
        {
            return WriteAsync(_options.Quiet || interval.Correction ? [] : _progress.Interval(interval), ct);
        }

        _live!.State.Add(interval);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask EventAsync(RunEvent happened, CancellationToken ct)
    {
        _live?.State.Add(happened);
        return IsLive ? default : WriteAsync(_options.Quiet ? [] : _progress.Event(happened), ct);
    }

    /// <inheritdoc/>
    public async ValueTask EndAsync(RunReport report, CancellationToken ct)
    {
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        // The last intervals close with the run. Of a run that was not watched there is the summary only.
        if (!IsLive && !_options.Quiet && _shown > 0)
        {
            await WriteAsync(report.Intervals.Where(interval => interval.Number >= _shown && !interval.Correction).SelectMany(_progress.Interval), ct);
        }

        await WriteAsync(new ConsoleSummary(report, _ink, Math.Clamp(_width(), Column.LeastWidth, Column.LineWidth)).Write(_options.Quiet), ct);
    }

    // A terminal that does not tell its width is taken for a wide one.
    private static int TerminalWidth() => System.Console.WindowWidth is > 0 and var width ? width : Column.LineWidth;

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
