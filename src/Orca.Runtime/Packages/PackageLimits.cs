namespace Orca.Packages;

/// <summary>How much of a package a leader or a drone takes, whatever a feed or an announcement offers.</summary>
internal sealed record PackageLimits
{
    public static PackageLimits Default { get; } = new();

    /// <summary>How many packages a closure may have. Default: 500.</summary>
    public int Packages { get; init; } = 500;

    /// <summary>How many bytes a package's file may have. Default: 1 GiB.</summary>
    public long FileBytes { get; init; } = 1L << 30;

    /// <summary>How many files a package may hold. Default: 20,000.</summary>
    public int Files { get; init; } = 20_000;

    /// <summary>How many bytes a package's files may have together, once extracted. Default: 2 GiB.</summary>
    public long ExtractedBytes { get; init; } = 2L << 30;

    /// <summary>How many times larger than the package's file its contents may be, once they are past <see cref="RatioFrom"/>. Default: 100.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>How many bytes of contents are always taken, however well they compress. Default: 64 MiB.</summary>
    public long RatioFrom { get; init; } = 64L << 20;

    /// <summary>How many bytes a package's nuspec may have. Default: 1 MiB.</summary>
    public long NuspecBytes { get; init; } = 1 << 20;
}
