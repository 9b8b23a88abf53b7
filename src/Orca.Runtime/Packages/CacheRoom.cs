using Microsoft.Extensions.Logging;

namespace Orca.Packages;

/// <summary>Keeps a cache below its bound: what was not used for longest goes first, what a run holds or somebody has just used stays.</summary>
internal sealed class CacheRoom(PackageCache cache, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan JustUsed = TimeSpan.FromMinutes(10);

    /// <summary>Removes entries until the cache has no more than so many bytes, or no entry may go.</summary>
    public void KeepBelow(long bytes, StagingFolder staging)
    {
        var entries = cache.Entries().ToList();
        var total = entries.Sum(entry => entry.Bytes);
        var (removed, freed) = (0, 0L);
        foreach (var entry in entries.OrderBy(entry => entry.Used))
        {
            if (total - freed <= bytes || clock.GetUtcNow() - entry.Used < JustUsed)
            {
                break;
            }

            if (TryRemove(entry, staging))
            {
                removed++;
                freed += entry.Bytes;
            }
        }

        if (removed > 0)
        {
            PackagesLog.RoomMade(logger, cache.Folder, removed, freed, bytes);
        }
    }

    // Alone with it, by one rename: others see a whole package or none.
    private static bool TryRemove(CacheEntry entry, StagingFolder staging)
    {
        try
        {
            using var alone = new FileStream(entry.Marker, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            if (OperatingSystem.IsWindows())
            {
                alone.Dispose();
            }

            Directory.Move(entry.Folder, staging.NewPath());
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
