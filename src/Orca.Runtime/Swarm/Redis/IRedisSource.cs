using StackExchange.Redis;

namespace Orca.Swarm.Redis;

/// <summary>Where connections to Redis come from.</summary>
internal interface IRedisSource
{
    /// <summary>Whether each connection is this source's own, to be replaced when it fails and disposed at the end.</summary>
    bool IsOwned { get; }

    /// <summary>The servers, for a person.</summary>
    string Endpoints { get; }

    /// <summary>Connects.</summary>
    Task<IConnectionMultiplexer> ConnectAsync();

    /// <summary>Why the last attempt to connect failed, for a person.</summary>
    string Explain(Exception e);
}
