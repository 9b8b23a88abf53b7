using System.Text.Json.Nodes;

namespace Orca.Results.Elasticsearch.Client;

/// <summary>All that is asked of Elasticsearch, so that another client can take the place of this folder. Safe for use from several threads.</summary>
internal interface IStoreClient : IDisposable
{
    /// <summary>Gets the addresses, for messages.</summary>
    string Address { get; }

    /// <summary>Stores documents of one data stream or index.</summary>
    /// <param name="index">The data stream or index.</param>
    /// <param name="entries">The documents, at least one.</param>
    /// <param name="ct">Cancels the waiting.</param>
    Task<BulkReply> BulkAsync(string index, IReadOnlyList<Documents.StoreEntry> entries, CancellationToken ct);

    /// <summary>Which of some documents a data stream has, as far as searches see them; none where it may not be asked, null where that cannot be found out now.</summary>
    /// <param name="stream">The data stream, on whichever of its backing indices.</param>
    /// <param name="ids">The documents' ids.</param>
    /// <param name="ct">Cancels the waiting.</param>
    Task<IReadOnlySet<string>?> FindAsync(string stream, IReadOnlyList<string> ids, CancellationToken ct);

    /// <summary>Any other request, with JSON both ways.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below the address, without a slash in front.</param>
    /// <param name="body">The body, or null for none.</param>
    /// <param name="ct">Cancels the waiting.</param>
    Task<StoreAnswer> CallAsync(HttpMethod method, string path, JsonNode? body, CancellationToken ct);
}
