using StackExchange.Redis;

namespace Orca.Tests.Swarm.Redis;

/// <summary>How a test looks at a server by itself: a plain connection, beside those that it tests.</summary>
internal sealed class RedisEye : IDisposable
{
    private const string Name = "eye";

    private readonly IConnectionMultiplexer _connection;

    private RedisEye(IConnectionMultiplexer connection) => _connection = connection;

    public IConnectionMultiplexer Connection => _connection;

    public IDatabase Database => _connection.GetDatabase(0);

    public static async Task<RedisEye> OpenAsync(string endpoint, string? password = null, string name = Name)
    {
        var options = new ConfigurationOptions { ClientName = name, Password = password, AbortOnConnectFail = true, AllowAdmin = true };
        Assert.True(Orca.Swarm.Redis.RedisEndpoint.TryParse(endpoint, out var place));
        options.EndPoints.Add(place);
        return new(await ConnectionMultiplexer.ConnectAsync(options));
    }

    /// <summary>The names of the clients that the server has now, without this one.</summary>
    public async Task<string[]> ClientsAsync() =>
    [
        .. ((string)(await Database.ExecuteAsync("CLIENT", "LIST"))!).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').First(word => word.StartsWith("name=", StringComparison.Ordinal))["name=".Length..])
            .Where(name => name != Name && name.Length > 0),
    ];

    /// <summary>How many connections listen to a channel.</summary>
    public async Task<long> ListenersAsync(string channel) => (long)((RedisResult[])(await Database.ExecuteAsync("PUBSUB", "NUMSUB", channel))!)[1];

    public void Dispose() => _connection.Dispose();
}
