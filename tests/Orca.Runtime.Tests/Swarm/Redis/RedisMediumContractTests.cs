namespace Orca.Tests.Swarm.Redis;

public sealed class RedisMediumContractTests(RedisServerFixture fixture) : RedisMediumContract(fixture), IClassFixture<RedisServerFixture>;
