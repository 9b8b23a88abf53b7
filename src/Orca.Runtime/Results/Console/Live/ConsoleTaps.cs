namespace Orca.Results.Console.Live;

/// <summary>The taps before the process's standard output and standard error, as far as they are terminals.</summary>
/// <remarks>Loggers keep the stream that they found when they were made: the taps must be there before them.</remarks>
internal sealed class ConsoleTaps
{
    private static readonly Lock Installing = new();
    private static ConsoleTaps? _installed;

    private readonly ConsoleTap[] _taps;

    private ConsoleTaps(TextWriter terminal, params ConsoleTap[] taps) => (Terminal, _taps) = (terminal, taps);

    /// <summary>None: what is written elsewhere does not meet the view.</summary>
    public static ConsoleTaps None(TextWriter terminal) => new(terminal);

    /// <summary>Standard output itself.</summary>
    public TextWriter Terminal { get; }

    /// <summary>Puts the taps in place, once in the life of the process.</summary>
    public static ConsoleTaps Install()
    {
        lock (Installing)
        {
            if (_installed is not null)
            {
                return _installed;
            }

            var terminal = System.Console.Out;
            List<ConsoleTap> taps = [];
            if (!System.Console.IsOutputRedirected)
            {
                taps.Add(new(terminal));
                System.Console.SetOut(taps[^1]);
            }

            if (!System.Console.IsErrorRedirected)
            {
                taps.Add(new(System.Console.Error));
                System.Console.SetError(taps[^1]);
            }

            return _installed = new(terminal, [.. taps]);
        }
    }

    public void Divert(Action<string> line) => Array.ForEach(_taps, tap => tap.Divert(line));

    public void Restore() => Array.ForEach(_taps, tap => tap.Restore());
}
