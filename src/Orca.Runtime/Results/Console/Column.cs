namespace Orca.Results.Console;

/// <summary>Texts made to fit columns.</summary>
internal static class Column
{
    /// <summary>The widest line that is written.</summary>
    public const int LineWidth = 100;

    /// <summary>The width below which a terminal breaks lines by itself.</summary>
    public const int LeastWidth = 40;

    public static string Left(string text, int width) => Fit(text, width).PadRight(width);

    public static string Right(string text, int width) => Fit(text, width).PadLeft(width);

    /// <summary>Cuts a text that is too long, and shows that it was cut.</summary>
    public static string Fit(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(width - 1, 0)), "…");

    /// <summary>Breaks a text into lines at its blanks; a word that is too long is broken too.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in OneLine(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Chunk(width)).Select(part => new string(part)))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    /// <summary>A text without line breaks and control characters.</summary>
    public static string OneLine(string text) =>
        string.Create(text.Length, text, (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
}
