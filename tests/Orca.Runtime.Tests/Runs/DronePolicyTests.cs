using Orca.Packages;
using Orca.Plans;
using Orca.Runs;

namespace Orca.Tests.Runs;

public sealed class DronePolicyTests
{
    [Theory]
    [InlineData("Acme.*", "Acme.Shop.LoadTests", true)]
    [InlineData("acme.*", "Acme.Shop.LoadTests", true)]
    [InlineData("Acme.Shop.LoadTests", "Acme.Shop.LoadTests", true)]
    [InlineData("Acme.?", "Acme.Shop", false)]
    [InlineData("Acme.*", "Evil.Acme.Shop", false)]
    [InlineData("", "Acme", false)]
    public void Refuse_Package_GoesByTheIdsPattern(string pattern, string id, bool allowed) =>
        Assert.Equal(allowed, new DronePolicy([pattern]).Refuse(new PackageVersion(id, "1.0.0")) is null);

    [Fact]
    public void Refuse_NothingAllowed_NamesTheRule() =>
        Assert.Contains("AllowedPackages (empty) does not allow Acme", new DronePolicy([]).Refuse(new PackageVersion("Acme", "1.0.0"))!.What, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://shop.staging.example/", "*.staging.example", true)]
    [InlineData("https://shop.staging.example:8443/", "*.staging.example", true)]
    [InlineData("http://localhost:8080/", "localhost:8080", true)]
    [InlineData("http://localhost:8081/", "localhost:8080", false)]
    [InlineData("https://shop.example/", "*.staging.example", false)]
    [InlineData("https://staging.example.evil.example/", "*staging.example", false)]
    public void Allows_Target_GoesByHostAndPort(string target, string pattern, bool allowed) =>
        Assert.Equal(allowed, new TargetRules([pattern]).Allows(new Uri(target)));

    [Fact]
    public void Refuse_PlanForAnotherTarget_NamesRuleAndHost()
    {
        var reading = new PlanReading { PackageRequired = false };
        Assert.True(PlanFile.Read([new PlanLayer("plan", """{ "target": "https://shop.example/", "scenarios": { "go": { "test": "t", "load": [ { "users": 1, "for": "1s" } ] } } }""")], reading).TryGet(out var plan, out _));

        var refusal = (DronePolicy.Any with { AllowedTargets = new(["*.staging.example"]) }).Refuse(plan);

        Assert.Contains("AllowedTargets (*.staging.example) does not allow shop.example:443", refusal!.What, StringComparison.Ordinal);
        Assert.Null(DronePolicy.Any.Refuse(plan));
    }
}
