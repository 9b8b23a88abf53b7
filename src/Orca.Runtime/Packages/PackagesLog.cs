using Microsoft.Extensions.Logging;

namespace Orca.Packages;

/// <summary>The log events of resolving and installing.</summary>
internal static partial class PackagesLog
{
    [LoggerMessage(1300, LogLevel.Information, "Resolved {Package}: {Count} packages, lock {Hash}")]
    public static partial void PackageResolved(ILogger logger, PackageVersion package, int count, string hash);

    [LoggerMessage(1301, LogLevel.Debug, "Installed {Id} {Version}")]
    public static partial void PackageInstalled(ILogger logger, string id, string version);

    [LoggerMessage(1302, LogLevel.Warning, "Replaced {Id} {Version} in the cache: its files were not those that the lock pins")]
    public static partial void CacheEntryReplaced(ILogger logger, string id, string version);

    [LoggerMessage(1305, LogLevel.Information, "Removed {Count} packages ({Bytes} bytes) from the cache {Folder}, which may have {Limit} bytes")]
    public static partial void RoomMade(ILogger logger, string folder, int count, long bytes, long limit);

    [LoggerMessage(1304, LogLevel.Warning, "The lock does not serve drones on {Runtime}: {Reason}")]
    public static partial void RuntimeLeftOut(ILogger logger, string runtime, string reason);

    [LoggerMessage(1303, LogLevel.Warning, "Feed {Feed} was passed over for {Id} {Version}: {Problem}")]
    public static partial void FeedPassedOver(ILogger logger, string feed, string id, string version, string problem);
}
