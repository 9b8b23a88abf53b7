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

    /// <summary>Creates a sink that writes lines to a text writer.</summary>
    /// <param name="target">Where to; stays open.</param>
    /// <param name="options">How. Default: no colours, not quiet.</param>
    public ConsoleSink(TextWriter target, ConsoleSinkOptions? options = null)
        : this(target, options ?? new(), live: null)
    {
    }

    internal ConsoleSink(TextWriter target, ConsoleSinkOptions options, LiveConsole? live)
    {
        (_target, _options, _live) = (target, options, live);
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
        if (!isTerminal || quiet)
        {
            return new(System.Console.Out, options);
        }

        var taps = ConsoleTaps.Install();
        var screen = new LiveScreen(taps.Terminal, options.Colour, () => (System.Console.WindowWidth, System.Console.WindowHeight));
        return new(System.Console.Out, options, new LiveConsole(screen, taps, TimeProvider.System));
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

        await WriteAsync(new ConsoleSummary(report, _ink).Write(_options.Quiet), ct);
    }

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
