using System.Text.Json;
using Orca.Results.Elasticsearch.Client;
using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>The file of documents that Elasticsearch will never take, one JSON object to a line. Safe for use from several threads.</summary>
internal sealed class DeadLetters(string root, string name)
{
    public const string FolderName = "dead-letters";

    private readonly Lock _lock = new();
    private long _count;

    public string Path { get; } = System.IO.Path.Combine(root, FolderName, name + ".ndjson");

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Adds one; false where the file cannot be written, and the document stays in the spool.</summary>
    public bool Add(StoreEntry entry, BulkItem result)
    {
        lock (_lock)
        {
            try
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
                using var source = JsonDocument.Parse(entry.Source);
                byte[] line =
                [
                    .. JsonSerializer.SerializeToUtf8Bytes(
                        new()
                        {
                            Id = entry.Id,
                            Index = entry.Index,
                            Status = result.Status,
                            Type = result.Type,
                            Reason = result.Reason,
                            Document = source.RootElement,
                        },
                        DeadLetterJsonContext.Default.DeadLetter),
                    (byte)'\n',
                ];
                using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read, 1);
                file.Write(line);
                _count++;
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
            {
                return false;
            }
        }
    }
}
