using System.Globalization;
using System.Runtime.CompilerServices;

namespace Orca.Results.Files.Page;

/// <summary>Fills a line of markup: literals as they are, everything else escaped.</summary>
[InterpolatedStringHandler]
internal readonly ref struct MarkupHandler(int literalLength, int formattedCount, Markup markup)
{
    /// <summary>How much there is to come; the markup grows by itself.</summary>
    public int Expected { get; } = literalLength + formattedCount;

    public void AppendLiteral(string literal) => markup.Literal(literal);

    public void AppendFormatted(string? text) => markup.Hole(text);

    public void AppendFormatted(Trusted part) => markup.Literal(part.Markup);

    public void AppendFormatted<T>(T value)
        where T : IFormattable => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format)
        where T : IFormattable => markup.Hole(value.ToString(format, CultureInfo.InvariantCulture));
}
