namespace Orca.Results.Console;

/// <summary>Colours, where they are wanted.</summary>
internal sealed class Ink(bool colour)
{
    public string Good(string text) => Paint(text, "32");

    public string Bad(string text) => Paint(text, "31");

    public string Doubtful(string text) => Paint(text, "33");

    public string Strong(string text) => Paint(text, "1");

    public string Faint(string text) => Paint(text, "2");

    public string Mark(bool passed) => passed ? Good("✓") : Bad("✗");

    private string Paint(string text, string code) => colour && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
