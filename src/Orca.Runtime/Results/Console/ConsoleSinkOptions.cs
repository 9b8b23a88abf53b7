namespace Orca.Results.Console;

/// <summary>How the console sink writes.</summary>
public sealed record ConsoleSinkOptions
{
    /// <summary>Gets whether nothing is written while the run goes on, and at its end only the verdict, its reasons and the report's path. Default: no.</summary>
    public bool Quiet { get; init; }

    /// <summary>Gets whether colours are used. Default: no.</summary>
    public bool Colour { get; init; }
}
