namespace Orca.Results.Files.Page;

/// <summary>A piece of markup that the page's own code has made and escaped.</summary>
/// <param name="Markup">The markup.</param>
internal readonly record struct Trusted(string Markup)
{
    public static Trusted None => new("");

    /// <summary>The markup where a condition holds, else nothing.</summary>
    public static Trusted If(bool condition, string markup) => condition ? new(markup) : None;
}
