using Orca.Packages;

namespace Orca.Hosting;

/// <summary>Where a member takes packages from, and where it keeps them.</summary>
internal static class MemberPackages
{
    /// <param name="options">The member's options.</param>
    /// <param name="below">A folder of its own below the cache, or null.</param>
    public static PackageOptions Of(OrcaMemberOptions options, string? below = null)
    {
        var cache = Path.GetFullPath(
            TextOf(options.Cache) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".orca", "packages"));
        return new()
        {
            ConfigurationRoot = Path.GetFullPath(TextOf(options.NuGetConfigRoot) ?? Environment.CurrentDirectory),
            ExtraFeeds = [.. options.Feeds],
            CacheFolder = below is null ? cache : Path.Combine(cache, below),
            CacheBytes = options.CacheLimit,
        };
    }

    /// <summary>An option that configuration leaves empty is not set.</summary>
    public static string? TextOf(string? option) => string.IsNullOrWhiteSpace(option) ? null : option;
}
