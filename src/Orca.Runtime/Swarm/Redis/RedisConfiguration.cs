using System.Reflection;
using StackExchange.Redis;

namespace Orca.Swarm.Redis;

/// <summary>Turns Orca's options into those of StackExchange.Redis.</summary>
internal static class RedisConfiguration
{
    private static readonly PropertyInfo? UserProperty = typeof(ConfigurationOptions).GetProperty("User");

    /// <summary>Whether the StackExchange.Redis at hand knows ACL users: 2.x does.</summary>
    public static bool KnowsUsers => UserProperty is not null;

    public static ConfigurationOptions Of(RedisOptions options, string clientName, RedisTrust? trust)
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

        if (trust is not null)
        {
            configuration.CertificateValidation += (_, certificate, chain, errors) => trust.Judge(certificate, chain, errors);
        }

        return configuration;
    }
}
