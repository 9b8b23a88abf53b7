using Microsoft.Extensions.Logging;

namespace Orca.Swarm.Redis;

internal static partial class RedisLog
{
    [LoggerMessage(1200, LogLevel.Information, "Connected to Redis at {Endpoints}")]
    public static partial void Connected(ILogger logger, string endpoints);

    [LoggerMessage(1201, LogLevel.Warning, "Redis at {Endpoints} cannot be reached, and is tried again until it can: {Reason}")]
    public static partial void Unreachable(ILogger logger, string endpoints, string reason);

    [LoggerMessage(1202, LogLevel.Warning, "The connection to Redis at {Endpoints} is lost: {Reason}")]
    public static partial void Lost(ILogger logger, string endpoints, string reason);

    [LoggerMessage(1203, LogLevel.Warning, "Connected to Redis at {Endpoints} again, after {Seconds:0.0} s")]
    public static partial void Reconnected(ILogger logger, string endpoints, double seconds);

    [LoggerMessage(1204, LogLevel.Warning, "The key {Key} held something else, and was removed: {Reason}")]
    public static partial void ForeignKey(ILogger logger, string key, string reason);

    [LoggerMessage(1205, LogLevel.Debug, "Could not listen to {Channel} on this connection: {Reason}")]
    public static partial void NotListening(ILogger logger, string channel, string reason);
}
