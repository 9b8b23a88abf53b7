using System.Text;
using System.Text.Json;

namespace Orca.Results.Elasticsearch.Documents;

/// <summary>One document on its way: where to, under which id, and the two lines that a bulk request has for it.</summary>
/// <param name="Index">The data stream or index.</param>
/// <param name="Id">The document's id.</param>
/// <param name="Lines">The action and the source, each with its line feed.</param>
internal readonly record struct StoreEntry(string Index, string Id, ReadOnlyMemory<byte> Lines)
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>The source alone.</summary>
    public ReadOnlyMemory<byte> Source => Lines[(Lines.Span.IndexOf(LineFeed) + 1)..^1];

    /// <summary>A document that is stored once and never changed.</summary>
    public static StoreEntry Create(string index, string id, StoreDocument document) =>
        Of(index, id, $$$"""{"create":{"_id":"{{{id}}}"}}""", document);

    /// <summary>A document of which the highest version counts, in whatever order versions arrive.</summary>
    public static StoreEntry Version(string index, string id, int version, StoreDocument document) =>
        Of(index, id, $$$"""{"index":{"_id":"{{{id}}}","version":{{{version}}},"version_type":"external"}}""", document);

    private static StoreEntry Of(string index, string id, string action, StoreDocument document)
    {
        var source = JsonSerializer.SerializeToUtf8Bytes(document, StoreJsonContext.Default.StoreDocument);
        var length = Encoding.UTF8.GetByteCount(action);
        var lines = new byte[length + source.Length + 2];
        Encoding.UTF8.GetBytes(action, lines);
        lines[length] = LineFeed;
        source.CopyTo(lines, length + 1);
        lines[^1] = LineFeed;
        return new(index, id, lines);
    }
}
