using Orca.TestKit.Servers;

namespace Orca.Tests.Swarm.Redis;

/// <summary>One Garnet for the tests of a class.</summary>
public sealed class GarnetFixture : RedisServerFixture
{
    private protected override Task<RedisServer> StartAsync() => RedisServer.StartGarnetAsync();
}
