namespace Orca.Packages;

/// <summary>A folder inside the cache, on its volume, where packages are made ready; removed with whatever was not published, by the next user if need be.</summary>
internal sealed class StagingFolder : IDisposable
{
    public const string Parent = ".staging";
    private const string Held = ".held";

    // A folder that has just been made is not held yet, and one that is being removed not any more.
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    private readonly FileStream _held;
    private int _files;

    public StagingFolder(string cache)
    {
        Sweep(cache);
        var parent = Path.Combine(cache, Parent);
        for (var tries = 0; ; tries++)
        {
            Folder = Path.Combine(parent, Guid.NewGuid().ToString("n"));
            try
            {
                Directory.CreateDirectory(Folder);
                _held = Hold(Folder, FileMode.CreateNew);
                break;
            }
            catch (IOException e) when (tries < 100 && (e is DirectoryNotFoundException or FileNotFoundException || File.Exists(Path.Combine(Folder, Held))))
            {
                // Another installer has just removed the parent, empty, or looked whether this folder is held before it was.
                Remove(Folder);
            }
        }

        // Only now is it held: the system makes a file and holds it in two steps. A length takes no room on a full disk.
        _held.SetLength(1);
    }

    public string Folder { get; }

    /// <summary>Removes what installers have left that were killed: the system has let go of what they held.</summary>
    public static void Sweep(string cache)
    {
        foreach (var folder in FoldersIn(Path.Combine(cache, Parent)))
        {
            try
            {
                if (WasHeld(folder) || TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(folder) >= Young)
                {
                    Remove(folder);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is in use, or another sweeps it.
            }
        }
    }

    /// <summary>A path of its own for a file or folder.</summary>
    public string NewPath(string extension = "") => Path.Combine(Folder, Interlocked.Increment(ref _files) + extension);

    public void Dispose()
    {
        _held.Dispose();
        Remove(Folder);
    }

    // And the parent, where it is empty then.
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(Path.GetDirectoryName(folder)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another installer's staging is still there, or a file is in use; what is left is swept later.
        }
    }

    private static string[] FoldersIn(string parent)
    {
        try
        {
            return Directory.Exists(parent) ? Directory.GetDirectories(parent) : [];
        }
        catch (DirectoryNotFoundException)
        {
            // The last who staged something has just removed it.
            return [];
        }
    }

    // Throws while it is held. What holds a folder is made before all else in it: where only that is missing, the folder was being removed.
    private static bool WasHeld(string folder)
    {
        var isUsed = Directory.EnumerateFileSystemEntries(folder).Any(path => Path.GetFileName(path) != Held);
        if (!File.Exists(Path.Combine(folder, Held)))
        {
            return isUsed;
        }

        using var held = Hold(folder, FileMode.Open);
        return held.Length > 0;
    }

    private static FileStream Hold(string folder, FileMode mode) =>
        new(Path.Combine(folder, Held), mode, FileAccess.ReadWrite, FileShare.None);
}
