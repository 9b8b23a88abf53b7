using Orca.Plans;

namespace Orca.Tests.Plans;

public sealed class RunPlanBuilderTests
{
    [Fact]
    public void Build_EveryPart_IsThePlanOfTheFile()
    {
        var built = Plan.Build("checkout under Friday load", plan => plan
            .Package("Acme.Shop.LoadTests@1.4.*")
            .Target("https://staging.example/")
            .Quorum(3)
            .Scenario("browse", Load.RampUsers(0, 200).For(minutes: 1), Load.Users(200).For(minutes: 5))
            .Scenario("checkout", scenario => scenario
                .Load(Load.RampRate(50, 400).For(minutes: 2), Load.Rate(400).For(TimeSpan.FromMinutes(5)).Poisson())
                .MaxUsers(2000).StartAfter(TimeSpan.FromSeconds(30)).Connections(ConnectionMode.PerUser).Parameter("basket", "large"))
            .Scenario("import", Load.Iterations(10000, users: 20).For(minutes: 10), Load.Pause(seconds: 30))
            .Threshold("checkout p99 < 250ms")
            .Threshold("checkout/pay errors < 0.5%")
            .Threshold("checkout errors < 10%", after: TimeSpan.FromSeconds(10), abort: true)
            .Threshold("browse/search rate > 150/s")
            .Parameter("catalog", "small").Secret("login", "shop-login")
            .Tag("branch", "main")
            .Seed(42).Interval(TimeSpan.FromSeconds(1)).Precision(3).WarmUp(TimeSpan.FromSeconds(10))
            .Grace(TimeSpan.FromSeconds(30)).SetUpTimeout(TimeSpan.FromSeconds(60)).OnDroneLost(LostDronePolicy.Redistribute));

        Assert.True(built.TryGet(out var plan, out var problems), string.Join('\n', problems));
        Assert.Equal(PlanFile.Write(PlanTexts.Plan(PlanTexts.Full)), PlanFile.Write(plan));
    }

    [Fact]
    public void Build_OtherParts_AreTaken()
    {
        var limits = new ValidityLimits { Delivered = 0.5 };
        var built = Plan.Build("p", plan => plan
            .Quorum(2, 5, TimeSpan.FromSeconds(7))
            .JoinTimeout(TimeSpan.FromSeconds(8)).LeaderTimeout(TimeSpan.FromSeconds(9)).Limits(limits)
            .Scenario("a", scenario => scenario.Test("b").Secret("k", "s").Load(Load.Rate(10.25m).For(hours: 1).Starting(5))));

        Assert.True(built.TryGet(out var read, out var problems), string.Join('\n', problems));
        Assert.Equal(new Quorum(2, 5, TimeSpan.FromSeconds(7)), read.Quorum);
        Assert.Equal((8, 9, limits), (read.JoinTimeout.TotalSeconds, read.LeaderTimeout.TotalSeconds, read.Limits));
        Assert.Equal(("b", "s"), (read.Scenarios[0].Test, read.Scenarios[0].Parameters["k"].Secret));
        Assert.Equal([new RateStage(10.25m, 10.25m, TimeSpan.FromHours(1)) { Users = 5 }], read.Scenarios[0].Load);
    }

    [Fact]
    public void Build_Mistakes_AreTheFilesProblems()
    {
        var built = Plan.Build("", plan => plan
            .Quorum(0)
            .Target("staging")
            .Package("no package")
            .OnDroneLost((LostDronePolicy)9)
            .Limits(new ValidityLimits { Delivered = double.NaN })
            .Grace(TimeSpan.FromSeconds(-5))
            .Threshold("b p99 < 1s")
            .Scenario("a", Load.Users(-1).For(seconds: 5), Load.Rate(0.0000001m).For(), Load.Pause(TimeSpan.MinValue)));

        Assert.False(built.TryGet(out _, out var problems));
        Assert.Equal(
            ["grace", "limits.delivered", "name", "onDroneLost", "package", "quorum", "scenarios.a.load[0].users", "scenarios.a.load[1].for", "scenarios.a.load[1].rate", "scenarios.a.load[2].pause", "target", "thresholds[0]"],
            problems.Select(problem => problem.Where).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Build_ScenarioTwice_IsOneProblem()
    {
        Assert.False(Plan.Build("p", plan => plan.Scenario("a", Load.Users(1).For(seconds: 1)).Scenario("a", Load.Users(1).For(seconds: 1))).TryGet(out _, out var problems));
        Assert.Equal("scenarios.a", Assert.Single(problems).Where);
    }

    [Fact]
    public void Build_TextsThatNoJsonHolds_DoesNotThrow()
    {
        var built = Plan.Build("p\ud800", plan => plan
            .Scenario("a\ud800", Load.Users(1).For(seconds: 1))
            .Parameter("k\udc00", "v\ud800").Tag("t\ud800", "\0").Threshold("a\ud800 p99 < 1s"));

        Assert.False(built.TryGet(out _, out var problems));
        Assert.NotEmpty(problems);
    }
}
