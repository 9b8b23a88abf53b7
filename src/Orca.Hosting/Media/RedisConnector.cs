using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orca.Swarm;
using Orca.Swarm.Redis;

namespace Orca.Hosting.Media;

/// <summary>A swarm over Redis: one connection for all members of this host, made when the first of them asks.</summary>
internal sealed class RedisConnector : ISwarmConnector
{
    /// <summary>The least threads that the pool keeps ready: with fewer, work that blocks would hold up every answer of the server.</summary>
    private const int Threads = 32;

    private readonly RedisOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly Lazy<RedisConnection> _connection;

    public RedisConnector(IOptions<RedisOptions> options, ILoggerFactory loggers, TimeProvider clock, HostConnection? shared = null)
    {
        (_options, _loggers) = (options.Value, loggers);
        _connection = new(() =>
        {
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(Math.Max(workers, Threads), ports);
            return new(
                shared is null ? new OwnedRedisSource(_options, $"orca-{Environment.MachineName}-{Environment.ProcessId}") : new SharedRedisSource(shared.Get()),
                new RedisSettings(_options.Database, _options.ConnectTimeout, _options.Timeout),
                clock,
                loggers.CreateLogger<RedisConnection>(),
                new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        });
    }

    public bool IsOpen => true;

    public string Tenant => _options.Tenant;

    public string Name => "Redis";

    public Problem? Trouble => _connection is { IsValueCreated: true, Value: { IsConnected: false } connection } ? connection.Away : null;

    public ISwarmMedium Connect() => new RedisSwarmMedium(_connection.Value, _loggers.CreateLogger<RedisSwarmMedium>());

    public ValueTask DisposeAsync() => _connection.IsValueCreated ? _connection.Value.DisposeAsync() : default;
}
