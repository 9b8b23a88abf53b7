namespace Orca.Packages;

/// <summary>A folder inside the cache, on its volume, where packages are made ready; removed with whatever was not published.</summary>
internal sealed class StagingFolder : IDisposable
{
    public const string Parent = ".staging";

    private int _files;

    public StagingFolder(string cache)
    {
        Folder = Path.Combine(cache, Parent, Guid.NewGuid().ToString("n"));
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
    }

    public string Folder { get; }

    /// <summary>A path of its own for a file or folder.</summary>
    public string NewPath(string extension = "") => Path.Combine(Folder, Interlocked.Increment(ref _files) + extension);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
            Directory.Delete(Path.GetDirectoryName(Folder)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another installer's staging is still there, or a file is in use; what is left harms nobody.
        }
    }
}
