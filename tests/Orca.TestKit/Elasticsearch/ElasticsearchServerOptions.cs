using System.Security.Cryptography.X509Certificates;

namespace Orca.TestKit.Elasticsearch;

/// <summary>How the stand-in behaves.</summary>
internal sealed record ElasticsearchServerOptions
{
    /// <summary>The authorization header that every request must have; null for none.</summary>
    public string? Authorization { get; init; }

    /// <summary>The certificate to serve HTTPS with; null for HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    public string Version { get; init; } = "9.1.0";

    /// <summary>Whether it is OpenSearch: no histograms, no lifecycle, no <c>require_data_stream</c>.</summary>
    public bool IsOpenSearch { get; init; }

    /// <summary>The longest body, uncompressed.</summary>
    public int MostBytes { get; init; } = 100 << 20;

    /// <summary>Whether the root answers 403, as for a key without the right to ask.</summary>
    public bool HidesVersion { get; init; }
}
