using System.Text.Json;
using Orca.Results.Elasticsearch.Client;

namespace Orca.Results.Elasticsearch.Setup;

/// <summary>What a server is, and with it what it can.</summary>
/// <param name="Name">Its name and version, for messages.</param>
/// <param name="IsOpenSearch">Whether it is OpenSearch.</param>
/// <param name="Version">Its version; null where it does not say, as for a key without the right to ask.</param>
internal sealed record ServerInfo(string Name, bool IsOpenSearch, Version? Version)
{
    // Generally available since.
    private static readonly Version Lifecycle = new(8, 14);
    private static readonly Version MissingComponents = new(8, 7);
    private static readonly Version Histograms = new(7, 6);

    /// <summary>An Elasticsearch that does not say which: taken for a new one.</summary>
    public static ServerInfo Unknown { get; } = new("Elasticsearch", false, null);

    public bool HasHistograms => IsElasticsearchFrom(Histograms);

    public bool HasLifecycle => IsElasticsearchFrom(Lifecycle);

    public bool IgnoresMissingComponents => IsElasticsearchFrom(MissingComponents);

    /// <summary>Reads the answer to <c>GET /</c>; null where it is none of a server that Orca knows.</summary>
    public static ServerInfo? Of(StoreAnswer answer)
    {
        // The right to ask is not needed for anything else.
        if (answer.Status == 403)
        {
            return Unknown;
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var version = document.RootElement.GetProperty("version");
            var number = version.GetProperty("number").GetString() ?? "";
            var isOpenSearch = version.TryGetProperty("distribution", out var distribution) && distribution.ValueEquals("opensearch");
            return new(
                $"{(isOpenSearch ? "OpenSearch" : "Elasticsearch")} {number}",
                isOpenSearch,
                System.Version.TryParse(number.Split('-')[0], out var parsed) ? parsed : null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private bool IsElasticsearchFrom(Version least) => !IsOpenSearch && (Version is null || Version >= least);
}
