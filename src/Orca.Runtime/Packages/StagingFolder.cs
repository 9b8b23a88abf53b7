namespace Orca.Packages;

/// <summary>A folder inside the cache, on its volume, where packages are made ready; removed with whatever was not published, by the next user if need be.</summary>
internal sealed class StagingFolder : IDisposable
{
    public const string Parent = ".staging";
    private const string Held = ".held";

    // A folder that has just been made is not held yet.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    private readonly FileStream _held;
    private int _files;

    public StagingFolder(string cache)
    {
        var parent = Path.Combine(cache, Parent);
        Sweep(parent);
        Folder = Path.Combine(parent, Guid.NewGuid().ToString("n"));
        for (var tries = 0; !Directory.Exists(Folder); tries++)
        {
            try
            {
                Directory.CreateDirectory(Folder);
            }
            catch (DirectoryNotFoundException) when (tries < 100)
            {
                // Another installer has just removed the parent, empty.
            }
        }

        _held = Hold(Folder, FileMode.CreateNew);
    }

    public string Folder { get; }

    /// <summary>A path of its own for a file or folder.</summary>
    public string NewPath(string extension = "") => Path.Combine(Folder, Interlocked.Increment(ref _files) + extension);

    public void Dispose()
    {
        _held.Dispose();
        try
        {
            Directory.Delete(Folder, recursive: true);
            Directory.Delete(Path.GetDirectoryName(Folder)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another installer's staging is still there, or a file is in use; what is left is swept later.
        }
    }

    /// <summary>Removes what installers have left that were killed: the system has let go of what they held.</summary>
    private static void Sweep(string parent)
    {
        foreach (var folder in Directory.Exists(parent) ? Directory.GetDirectories(parent) : [])
        {
            try
            {
                if (File.Exists(Path.Combine(folder, Held)))
                {
                    Hold(folder, FileMode.Open).Dispose();
                }
                else if (TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(folder) < Young)
                {
                    continue;
                }

                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is in use, or another sweeps it.
            }
        }
    }

    private static FileStream Hold(string folder, FileMode mode) =>
        new(Path.Combine(folder, Held), mode, FileAccess.ReadWrite, FileShare.None);
}
