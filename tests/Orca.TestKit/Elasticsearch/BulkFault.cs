namespace Orca.TestKit.Elasticsearch;

/// <summary>What goes wrong with a bulk request.</summary>
internal sealed record BulkFault
{
    /// <summary>The status to answer with, nothing carried out.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the connection breaks while the request's body is read.</summary>
    public bool BreaksInRequest { get; init; }

    /// <summary>Whether the request is carried out and the connection breaks in the middle of the response's body.</summary>
    public bool BreaksInResponse { get; init; }

    /// <summary>Whether the request is carried out and never answered.</summary>
    public bool NeverAnswers { get; init; }

    /// <summary>The status and error type of single documents, by id, null for those that are as they should be.</summary>
    public Func<string, (int Status, string Type)?>? Item { get; init; }
}
