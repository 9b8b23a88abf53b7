namespace Orca.Results.Elasticsearch.Spool;

/// <summary>The file operations of the spool, apart so that a disk can be full where tests want it.</summary>
internal class SpoolDisk
{
    private const int NoBuffer = 1;
    private const int ReadBuffer = 64 * 1024;

    /// <summary>Opens a new file for appending; every write reaches the operating system before it returns.</summary>
    public virtual Stream Create(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, NoBuffer);

    public virtual Stream OpenRead(string path) => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ReadBuffer);

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Has what was written survive a power cut.</summary>
    public virtual void Flush(Stream stream) => (stream as FileStream)?.Flush(flushToDisk: true);
}
