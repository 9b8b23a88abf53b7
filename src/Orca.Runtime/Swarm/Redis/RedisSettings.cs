namespace Orca.Swarm.Redis;

/// <summary>How a connection is used, wherever it comes from.</summary>
/// <param name="Database">The database's number; -1 for the connection's own.</param>
/// <param name="ConnectTimeout">How long connecting may take.</param>
/// <param name="Timeout">How long the server may take for one operation.</param>
internal sealed record RedisSettings(int Database, TimeSpan ConnectTimeout, TimeSpan Timeout)
{
    /// <summary>How often the watchdog asks a server whether it is there.</summary>
    public TimeSpan PingPeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may show no sign of life before its connection is replaced.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest pause between two attempts to connect.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(2);
}
