namespace Orca.Results.Elasticsearch.Client;

/// <summary>What became of a bulk request as a whole.</summary>
internal enum BulkOutcome
{
    /// <summary>It was carried out; each document has its own result.</summary>
    Answered,

    /// <summary>The server is busy: 429.</summary>
    Throttled,

    /// <summary>It was not carried out, and may be tried again: nobody answers, or 5xx.</summary>
    Unavailable,

    /// <summary>Nobody knows whether it was carried out: a time-out or a broken connection.</summary>
    Unknown,

    /// <summary>It is too large: 413.</summary>
    TooLarge,

    /// <summary>Something in it is no request: 400.</summary>
    Malformed,

    /// <summary>It will not be accepted until somebody changes a setting: 401, 403, 404, 406 and the like.</summary>
    Refused,
}
