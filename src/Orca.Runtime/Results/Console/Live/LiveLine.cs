using Spectre.Console;

namespace Orca.Results.Console.Live;

/// <summary>One line of the live view: pieces of text with their styles, and how wide they are together.</summary>
internal sealed class LiveLine
{
    private readonly List<(string Text, Style Style)> _pieces = [];

    public static LiveLine Empty { get; } = new();

    public int Width { get; private set; }

    /// <summary>Its text without styles.</summary>
    public string Plain => string.Concat(_pieces.Select(piece => piece.Text));

    public LiveLine Add(string text, Style? style = null)
    {
        if (text.Length > 0)
        {
            _pieces.Add((text, style ?? Style.Plain));
            Width += text.Length;
        }

        return this;
    }

    public LiveLine Left(string text, int width, Style? style = null) => Add(Column.Left(text, Math.Max(width, 0)), style);

    public LiveLine Right(string text, int width, Style? style = null) => Add(Column.Right(text, Math.Max(width, 0)), style);

    /// <summary>Adds another line's pieces, once this one is as wide as <paramref name="column"/>.</summary>
    public LiveLine Beside(LiveLine other, int column)
    {
        var both = Cut(column).PadTo(column);
        foreach (var (text, style) in other._pieces)
        {
            both.Add(text, style);
        }

        return both;
    }

    /// <summary>The line, no wider than a width.</summary>
    public LiveLine Cut(int width)
    {
        var cut = new LiveLine();
        foreach (var (text, style) in _pieces)
        {
            if (cut.Width + text.Length > width)
            {
                return cut.Width < width ? cut.Add(Column.Fit(text, width - cut.Width), style) : cut;
            }

            cut.Add(text, style);
        }

        return cut;
    }

    public LiveLine PadTo(int width) => Add(new string(' ', Math.Max(0, width - Width)));

    public void WriteTo(IAnsiConsole console)
    {
        foreach (var (text, style) in _pieces)
        {
            console.Write(new Text(text, style));
        }
    }
}
