using System.Buffers;
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
                using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read, 1);
                file.Write(LineOf(entry, result));
                _count++;
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    private static ReadOnlySpan<byte> LineOf(StoreEntry entry, BulkItem result)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteString("index", entry.Index);
            json.WriteNumber("status", result.Status);
            json.WriteString("type", result.Type);
            json.WriteString("reason", result.Reason);
            json.WritePropertyName("document");

            // As it was sent, whatever it is that Elasticsearch does not like about it.
            json.WriteRawValue(entry.Source.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenSpan;
    }
}
