using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orca.Results.Elasticsearch.Client;

/// <summary>Whether a server is the one meant: by certificate authorities of one's own, or by the fingerprint of a certificate in its chain.</summary>
internal static class ServerTrust
{
    private const int FingerprintDigits = 64;

    /// <summary>The check, or null for the system's own.</summary>
    public static RemoteCertificateValidationCallback? Of(ElasticsearchOptions options)
    {
        if (FingerprintOf(options.Fingerprint) is { } fingerprint)
        {
            return (_, certificate, chain, _) =>
                HasFingerprint(certificate, fingerprint) || (chain?.ChainElements.Any(element => HasFingerprint(element.Certificate, fingerprint)) ?? false);
        }

        if (string.IsNullOrWhiteSpace(options.CaFile))
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(options.CaFile);
        return (_, certificate, chain, errors) => (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
            && certificate is X509Certificate2 server && IsIssued(server, chain, authorities);
    }

    /// <summary>The digits of a fingerprint, or null where it is none.</summary>
    public static string? FingerprintOf(string? text)
    {
        var digits = (text ?? "").Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return digits.Length == FingerprintDigits && digits.All(char.IsAsciiHexDigit) ? digits : null;
    }

    private static bool HasFingerprint(X509Certificate? certificate, string fingerprint) =>
        certificate?.GetCertHashString(HashAlgorithmName.SHA256) == fingerprint;

    private static bool IsIssued(X509Certificate2 server, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(server);
    }
}
