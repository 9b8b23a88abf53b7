using Spectre.Console;

namespace Orca.Results.Console.Live;

/// <summary>The colours of the live view; where colours are not wanted, Spectre.Console leaves them out.</summary>
internal static class LiveStyles
{
    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    public static Style Faint { get; } = new(Color.Grey);

    public static Style Title { get; } = new(Color.Aqua, decoration: Decoration.Bold);

    public static Style Good { get; } = new(Color.Green);

    public static Style Doubtful { get; } = new(Color.Yellow);

    public static Style Bad { get; } = new(Color.Red);

    public static Style P50 { get; } = new(Color.Teal);

    public static Style P95 { get; } = new(Color.Orange1);

    public static Style P99 { get; } = new(Color.Red3);
}
