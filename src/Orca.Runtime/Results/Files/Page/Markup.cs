using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Orca.Results.Files.Page;

/// <summary>HTML under construction. What is filled into a text is escaped; only what the code itself spells out is markup.</summary>
internal sealed class Markup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    /// <summary>Appends a line of markup; its holes are escaped, for text and for attributes in double quotes alike.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] MarkupHandler line)
    {
        _ = line;
        _text.Append('\n');
    }

    /// <summary>Appends markup as it is: the page's own assets, and what was escaped before.</summary>
    public void AddTrusted(string markup) => _text.Append(markup).Append('\n');

    /// <summary>A text as markup.</summary>
    public static string Escape(string text) => Encoder.Encode(text);

    public override string ToString() => _text.ToString();

    internal void Literal(string markup) => _text.Append(markup);

    internal void Hole(string? text) => _text.Append(Encoder.Encode(text ?? ""));
}
