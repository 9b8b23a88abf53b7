namespace Orca.Packages;

/// <summary>Puts what goes wrong with the cache's disk into one clear sentence.</summary>
internal static class CacheProblems
{
    // ENOSPC; EDQUOT of Linux and of macOS; what Windows says of a full disk and of a full quota.
    private static readonly int[] Full = OperatingSystem.IsWindows()
        ? [unchecked((int)0x80070070), unchecked((int)0x80070027), unchecked((int)0x80070510)]
        : [28, OperatingSystem.IsMacOS() ? 69 : 122];

    public static Problem Describe(string action, string folder, Exception exception) => FullDisk(exception) is { } full
        ? new($"{action} '{folder}' failed, because its disk is full: {full.Message}")
        {
            Where = folder,
            Advice = "Make room on that disk, or set another folder (Orca:Cache, --cache). What was there before is untouched.",
        }
        : new($"{action} '{folder}' failed: {FeedProblems.Corruption(exception)}.")
        {
            Where = folder,
            Advice = "Make that folder writable, or set another one (Orca:Cache, --cache).",
        };

    /// <summary>What says that a disk is full, wherever it is wrapped; or null.</summary>
    public static IOException? FullDisk(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is IOException io && Full.Contains(io.HResult))
            {
                return io;
            }
        }

        return null;
    }
}
