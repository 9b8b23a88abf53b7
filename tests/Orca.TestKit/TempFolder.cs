namespace Orca.TestKit;

/// <summary>A new, empty folder that is deleted on dispose.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TempFolder() => Path = Directory.CreateTempSubdirectory("orca-").FullName;

    /// <summary>Gets the folder's full path.</summary>
    public string Path { get; }

    /// <summary>Gets a full path inside the folder; nothing is made.</summary>
    public string At(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file inside the folder, with the folders above it.</summary>
    /// <returns>The file's full path.</returns>
    public string Write(string name, string text)
    {
        var path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // A test that deletes its own folder has left nothing to do.
        }
    }
}
