using Orca.Runs.Workers.Child;

namespace Orca.Tests.Runs.Workers;

public sealed class ChildEnvironmentTests
{
    [Theory]
    [InlineData("PATH", true)]
    [InlineData("Path", true)]
    [InlineData("LC_ALL", true)]
    [InlineData("https_proxy", true)]
    [InlineData("DOTNET_gcServer", true)]
    [InlineData("Orca__Redis__Password", false)]
    [InlineData("DOTNET_Orca__SwarmKey", false)]
    [InlineData("NuGetPackageSourceCredentials_web", false)]
    [InlineData("VSS_NUGET_EXTERNAL_FEED_ENDPOINTS", false)]
    [InlineData("FEED_PASSWORD", false)]
    [InlineData("ELASTIC_API_KEY", false)]
    [InlineData("MY_PATH", false)]
    public void Restrict_Least_KeepsWhatProgramsNeed(string name, bool kept) => Assert.Equal(kept, Keeps(ChildEnvironment.Least, name));

    [Fact]
    public void Restrict_NamedByTheDrone_KeepsThoseToo()
    {
        var environment = new ChildEnvironment(["SHOP_*", "Acme__Region"]);

        Assert.True(Keeps(environment, "SHOP_REGION"));
        Assert.True(Keeps(environment, "Acme__Region"));
        Assert.True(Keeps(environment, "HOME"));
        Assert.False(Keeps(environment, "Acme__Password"));
    }

    private static bool Keeps(ChildEnvironment environment, string name)
    {
        var variables = new Dictionary<string, string?> { [name] = "value", ["REDIS_PASSWORD"] = "s3cret" };
        environment.Restrict(variables);
        Assert.False(variables.ContainsKey("REDIS_PASSWORD"));
        return variables.ContainsKey(name);
    }
}
