using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Orca.Results.Elasticsearch.Documents;

/// <summary>Ids that follow from what a document is about, so that storing it twice changes nothing.</summary>
internal static class DocumentId
{
    private const int HashBytes = 16;

    // No name holds it.
    private const char Separator = '\u001f';

    /// <summary>The id of a document of a run, told from the run's others by the parts.</summary>
    public static string Of(string runId, params ReadOnlySpan<string?> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(Separator, parts)));
        return $"{runId}-{Base64Url.EncodeToString(hash.AsSpan(0, HashBytes))}";
    }
}
