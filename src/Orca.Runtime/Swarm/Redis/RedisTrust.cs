using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Orca.Swarm.Redis;

/// <summary>Judges the certificate that a server presents in one attempt to connect, and remembers why it was refused.</summary>
internal sealed class RedisTrust
{
    private readonly X509Certificate2Collection? _authorities;
    private volatile string? _refusal;
    private volatile bool _wasAsked;

    public RedisTrust(RedisOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.TlsAuthority))
        {
            _authorities = [];
            _authorities.ImportFromPemFile(options.TlsAuthority);
        }
    }

    public bool WasAsked => _wasAsked;

    public string? Refusal => _refusal;

    /// <summary>Whether to go on; runs on the client's own threads.</summary>
    public bool Judge(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        _wasAsked = true;
        _refusal = certificate is not X509Certificate2 server ? "it shows no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"its certificate is for another name ({server.Subject}; Orca:Redis:TlsHost)"
            : _authorities is null && errors != SslPolicyErrors.None ? $"its certificate ({server.Subject}) is not trusted by this machine (Orca:Redis:TlsAuthority)"
            : _authorities is not null && !IsSignedBy(_authorities, server, presented) ? $"its certificate ({server.Subject}) is not signed by those in Orca:Redis:TlsAuthority"
            : null;
        return _refusal is null;
    }

    // Only who signed it is judged anew; a certificate for another host stays one.
    private static bool IsSignedBy(X509Certificate2Collection authorities, X509Certificate2 server, X509Chain? presented)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (presented is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainElements.Select(element => element.Certificate).ToArray());
        }

        return chain.Build(server);
    }
}
