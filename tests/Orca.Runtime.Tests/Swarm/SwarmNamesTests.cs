using Orca.Swarm;

namespace Orca.Tests.Swarm;

public sealed class SwarmNamesTests
{
    [Fact]
    public void Of_WithTenant_PrefixesEveryName()
    {
        Assert.True(SwarmNames.Of("acme", "friday").TryGet(out var names, out _));
        Assert.Equal("acme:orca:{friday}:announce", names.AnnounceChannel);
        Assert.Equal("acme:orca:{friday}:run:r1", names.Run("r1").Document.Name);
        Assert.Equal("acme:orca:{friday}:run:r1:snapshots", names.Run("r1").Snapshots.Name);
        Assert.Equal(TimeSpan.FromHours(24), names.Run("r1").Snapshots.Lifetime);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "Upper")]
    [InlineData("", "a{b}")]
    [InlineData("te nant", "default")]
    [InlineData("", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Of_BadName_IsAProblem(string tenant, string swarm) =>
        Assert.False(SwarmNames.Of(tenant, swarm).TryGet(out _, out _));
}
