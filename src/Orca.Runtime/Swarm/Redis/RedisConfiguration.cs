using System.Net.Security;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Orca.Swarm.Redis;

/// <summary>Turns Orca's options into those of StackExchange.Redis.</summary>
internal static class RedisConfiguration
{
    private static readonly PropertyInfo? UserProperty = typeof(ConfigurationOptions).GetProperty("User");

    /// <summary>Whether the StackExchange.Redis at hand knows ACL users: 2.x does.</summary>
    public static bool KnowsUsers => UserProperty is not null;

    public static ConfigurationOptions Of(RedisOptions options, string clientName)
    {
        var configuration = new ConfigurationOptions
        {
            // Connecting that fails is told at once, and tried again by Orca itself.
            AbortOnConnectFail = true,
            ConnectRetry = 1,
            ConnectTimeout = (int)options.ConnectTimeout.TotalMilliseconds,
            SyncTimeout = (int)options.Timeout.TotalMilliseconds,
            ClientName = clientName,
            DefaultDatabase = options.Database,
            Password = string.IsNullOrEmpty(options.Password) ? null : options.Password,
            Ssl = options.Tls,
            SslHost = string.IsNullOrWhiteSpace(options.TlsHost) ? null : options.TlsHost,
        };
        foreach (var text in options.Endpoints)
        {
            if (RedisEndpoint.TryParse(text, out var endpoint))
            {
                configuration.EndPoints.Add(endpoint);
            }
        }

        if (!string.IsNullOrEmpty(options.User))
        {
            UserProperty!.SetValue(configuration, options.User);
        }

        if (options.Tls && !string.IsNullOrWhiteSpace(options.TlsAuthority))
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.TlsAuthority);
            configuration.CertificateValidation += (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors, authorities);
        }

        return configuration;
    }

    // Only who signed it is judged anew; a certificate for another host stays one.
    private static bool IsTrusted(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (certificate is not X509Certificate2 server || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

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
