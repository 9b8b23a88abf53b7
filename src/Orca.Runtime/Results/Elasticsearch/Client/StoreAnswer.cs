namespace Orca.Results.Elasticsearch.Client;

/// <summary>What came back for one request.</summary>
/// <param name="Status">The HTTP status; 0 where there was no response.</param>
/// <param name="Body">The response's body.</param>
/// <param name="Failure">Why there was no response, else null.</param>
/// <param name="MayHaveArrived">Whether, for all that is known, the request was carried out although there was no response.</param>
internal readonly record struct StoreAnswer(int Status, ReadOnlyMemory<byte> Body, string? Failure = null, bool MayHaveArrived = false)
{
    private const int LongestText = 300;

    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>The answer in a few words, for messages.</summary>
    public string Text
    {
        get
        {
            if (Failure is not null)
            {
                return Failure;
            }

            var reason = StoreReason.Of(Body);
            return reason is null ? $"status {Status}" : $"status {Status}, {(reason.Length > LongestText ? reason[..LongestText] + "…" : reason)}";
        }
    }
}
