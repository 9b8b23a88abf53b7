namespace Orca.Packages;

/// <summary>Where packages come from and where they are kept.</summary>
internal sealed record PackageOptions
{
    /// <summary>The folder from which nuget.config files are looked for, upwards; absolute.</summary>
    public required string ConfigurationRoot { get; init; }

    /// <summary>Feeds used beside the configured ones: folders or v3 addresses.</summary>
    public IReadOnlyList<string> ExtraFeeds { get; init; } = [];

    /// <summary>Whether <see cref="ExtraFeeds"/> replaces the configured feeds.</summary>
    public bool OnlyExtraFeeds { get; init; }

    /// <summary>The cache: a NuGet-style versioned folder.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>How many bytes the cache may have before room is made. Default: 10 GiB.</summary>
    public long CacheBytes { get; init; } = 10L << 30;

    /// <summary>How much of a package is taken.</summary>
    public PackageLimits Limits { get; init; } = PackageLimits.Default;
}
