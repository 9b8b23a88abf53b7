using StackExchange.Redis;

namespace Orca.Swarm.Redis;

/// <summary>Makes connections as the options say; names are resolved with each. One attempt at a time.</summary>
internal sealed class OwnedRedisSource(RedisOptions options, string clientName) : IRedisSource
{
    private RedisTrust? _trust;

    public bool IsOwned => true;

    public string Endpoints { get; } = string.Join(", ", options.Endpoints);

    public async Task<IConnectionMultiplexer> ConnectAsync()
    {
        _trust = options.Tls ? new RedisTrust(options) : null;
        return await ConnectionMultiplexer.ConnectAsync(RedisConfiguration.Of(options, clientName, _trust));
    }

    // The client's own words name switches of its own, and one kind of failure for a password, a certificate and a handshake.
    public string Explain(Exception e)
    {
        if (e is TimeoutException)
        {
            return $"no connection within {options.ConnectTimeout.TotalSeconds:0.#} s";
        }

        if (e is not RedisConnectionException)
        {
            return e.Message;
        }

        if (_trust?.Refusal is { } refusal)
        {
            return refusal;
        }

        return KindOf(e) switch
        {
            ConnectionFailureType.AuthenticationFailure or null when _trust is { WasAsked: false } => "there is no TLS handshake (Orca:Redis:Tls); does it speak TLS on this port?",
            ConnectionFailureType.AuthenticationFailure when string.IsNullOrEmpty(options.Password) => "it wants a password (Orca:Redis:Password)",
            ConnectionFailureType.AuthenticationFailure => $"it does not take the {(string.IsNullOrEmpty(options.User) ? "" : "user or the ")}password (Orca:Redis:Password)",
            _ => $"no connection; does a server listen there, {(options.Tls ? "with" : "without")} TLS?",
        };
    }

    // By its name in the text where the client does not hand it out; the outermost failure only says that there was one.
    private static ConnectionFailureType? KindOf(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is RedisConnectionException { FailureType: not (ConnectionFailureType.UnableToConnect or ConnectionFailureType.None) and var type })
            {
                return type;
            }
        }

        return Enum.GetValues<ConnectionFailureType>().Cast<ConnectionFailureType?>().FirstOrDefault(
            type => type is not (ConnectionFailureType.None or ConnectionFailureType.UnableToConnect) && e.Message.Contains($"{type}", StringComparison.Ordinal));
    }
}
