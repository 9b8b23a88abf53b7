using Spectre.Console;

namespace Orca.Results.Console.Live;

/// <summary>A terminal's second screen, drawn as a whole each time, so that nothing is left of what was there at another size.</summary>
internal sealed class LiveScreen(TextWriter terminal, bool colour, Func<(int Width, int Height)> size)
{
    // The second screen, no cursor, no wrapping of lines that are wider than was thought.
    private const string Enter = "\u001b[?1049h\u001b[?25l\u001b[?7l";
    private const string Leave = "\u001b[?7h\u001b[?25h\u001b[?1049l";

    // A terminal that knows it shows a frame at once; others ignore it.
    private const string BeginFrame = "\u001b[?2026h\u001b[H";
    private const string EndFrame = "\u001b[0m\u001b[?2026l";
    private const string ClearBelow = "\u001b[0m\r\n\u001b[J";

    // Cleared before it is written: after a line that fills it, the cursor still stands on its last character.
    private const string BeginLine = "\u001b[0m\u001b[2K";

    private readonly Lock _lock = new();
    private bool _entered;
    private bool _left;

    public void Draw(LiveView view)
    {
        var (width, height) = size();
        var lines = LiveFrame.Lay(view, Math.Max(width, 20), Math.Max(height, 4));
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.Yes, ColorSystem = colour ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text), Interactive = InteractionSupport.No });
        console.Profile.Width = Math.Max(width, 20) + 1;
        for (var i = 0; i < lines.Count; i++)
        {
            text.Write(i == 0 ? BeginLine : "\r\n" + BeginLine);
            lines[i].WriteTo(console);
        }

        lock (_lock)
        {
            if (_left)
            {
                return;
            }

            terminal.Write((_entered ? "" : Enter) + BeginFrame + text + (lines.Count < height ? ClearBelow : "") + EndFrame);
            terminal.Flush();
            _entered = true;
        }
    }

    /// <summary>Gives the terminal back as it was; nothing is drawn after it. Calling it again changes nothing.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_entered && !_left)
            {
                terminal.Write(Leave);
                terminal.Flush();
            }

            _left = true;
        }
    }
}
