namespace Orca.Tests.Swarm.Redis;

public sealed class GarnetMediumContractTests(GarnetFixture fixture) : RedisMediumContract(fixture), IClassFixture<GarnetFixture>;
