using Orca.Plans;

namespace Orca.Tests.Plans;

public sealed class PlanFileTests
{
    [Fact]
    public void Read_TheContractsExample_GivesAllOfIt()
    {
        var plan = PlanTexts.Plan(PlanTexts.Full);

        Assert.Equal("checkout under Friday load", plan.Name);
        Assert.Equal(new PackageRequest("Acme.Shop.LoadTests", "1.4.*"), plan.Package);
        Assert.Equal("https://staging.example/", plan.Target?.OriginalString);
        Assert.Equal(new Quorum(3, 3, TimeSpan.Zero), plan.Quorum);
        Assert.Equal(["browse", "checkout", "import"], plan.Scenarios.Select(scenario => scenario.Name));
        Assert.Equal([new UsersStage(0, 200, Minutes(1)), new UsersStage(200, 200, Minutes(5))], plan.Scenarios[0].Load);
        var checkout = plan.Scenarios[1];
        Assert.Equal([new RateStage(50, 400, Minutes(2)), new RateStage(400, 400, Minutes(5)).Poisson()], checkout.Load);
        Assert.Equal(("checkout", 2000, TimeSpan.FromSeconds(30), ConnectionMode.PerUser), (checkout.Test, checkout.MaxUsers, checkout.StartAfter, checkout.Connections));
        Assert.Equal(new ParameterValue("large"), checkout.Parameters["BASKET"]);
        Assert.Equal([new IterationsStage(10000, 20, Minutes(10)), new PauseStage(TimeSpan.FromSeconds(30))], plan.Scenarios[2].Load);
        Assert.Equal(4, plan.Thresholds.Length);
        Assert.Equal(("pay", StatisticKind.Errors, 0.005, true), (plan.Thresholds[1].Step, plan.Thresholds[1].Statistic.Kind, plan.Thresholds[1].Value, plan.Thresholds[1].InPercent));
        Assert.Equal((TimeSpan.FromSeconds(10), true), (plan.Thresholds[2].After, plan.Thresholds[2].Abort));
        Assert.Equal(new ParameterValue(null, "shop-login"), plan.Parameters["login"]);
        Assert.Equal("main", plan.Tags["branch"]);
        Assert.Equal(42, plan.Seed);
        Assert.Equal(TimeSpan.FromSeconds(10), plan.WarmUp);
        Assert.Equal(Minutes(10.5), plan.Duration);
    }

    [Fact]
    public void Read_OnlyScenarios_GivesTheDefaults()
    {
        var plan = PlanTexts.Plan(PlanTexts.WithStage("""{ "rate": 80.5, "for": "10s" }"""));

        Assert.Equal(("plan", null, null, Quorum.One), (plan.Name, plan.Package, plan.Target, plan.Quorum));
        Assert.Equal(("browse", 161, TimeSpan.Zero, ConnectionMode.Shared), (plan.Scenarios[0].Test, plan.Scenarios[0].MaxUsers, plan.Scenarios[0].StartAfter, plan.Scenarios[0].Connections));
        Assert.Equal((null, TimeSpan.FromSeconds(1), 3, TimeSpan.Zero), (plan.Seed, plan.Interval, plan.Precision, plan.WarmUp));
        Assert.Equal((TimeSpan.FromSeconds(30), Minutes(1), Minutes(2), Minutes(1)), (plan.Grace, plan.SetUpTimeout, plan.JoinTimeout, plan.LeaderTimeout));
        Assert.Equal((LostDronePolicy.Redistribute, ValidityLimits.Default), (plan.OnDroneLost, plan.Limits));
        Assert.Equal(100, PlanTexts.Plan(PlanTexts.With("")).Scenarios[0].MaxUsers);
    }

    [Fact]
    public void Read_QuorumAndLimits_AreTaken()
    {
        var plan = PlanTexts.Plan(PlanTexts.With("""
            "quorum": { "min": 3, "max": 10, "wait": "20s" }, "joinTimeout": "5m", "leaderTimeout": "00:00:30",
            "limits": { "notStarted": 0.05, "lateness": "10ms", "latenessOfService": 0.2, "delivered": 0.9 }
            """));

        Assert.Equal(new Quorum(3, 10, TimeSpan.FromSeconds(20)), plan.Quorum);
        Assert.Equal((Minutes(5), Minutes(0.5)), (plan.JoinTimeout, plan.LeaderTimeout));
        Assert.Equal(new ValidityLimits { NotStarted = 0.05, Lateness = TimeSpan.FromMilliseconds(10), LatenessOfService = 0.2, Delivered = 0.9 }, plan.Limits);
        Assert.Equal(Quorum.Of(4), PlanTexts.Plan(PlanTexts.With("\"quorum\": { \"min\": 4 }")).Quorum);
    }

    [Fact]
    public void Read_Parameters_AreFlattenedToConfigurationKeys()
    {
        var plan = PlanTexts.Plan(PlanTexts.With("""
            "parameters": { "shop": { "sizes": [ 1, 2.50, { "name": "xl" } ], "open": true, "key": { "secret": "k" } }, "a:b": "flat", "none": {} }
            """));

        Assert.Equal(
            ["a:b=flat", "shop:key=", "shop:open=true", "shop:sizes:0=1", "shop:sizes:1=2.50", "shop:sizes:2:name=xl"],
            plan.Parameters.Select(pair => $"{pair.Key}={pair.Value.Text}"));
        Assert.Equal("k", plan.Parameters["shop:key"].Secret);
    }

    [Fact]
    public void Read_Layers_MergeObjectsAndReplaceTheRest()
    {
        var plan = PlanTexts.Plan(
            PlanTexts.Full,
            """{ "target": "https://other.example/", "scenarios": { "browse": { "load": [ { "users": 3, "for": "20s" } ] } }, "thresholds": [] }""",
            """{ "quorum": { "min": 1, "max": 2 }, "scenarios": { "extra": { "load": [ { "users": 1, "for": "20s" } ] } }, "parameters": { "catalog": "large" } }""");

        Assert.Equal("https://other.example/", plan.Target?.OriginalString);
        Assert.Equal(["browse", "checkout", "import", "extra"], plan.Scenarios.Select(scenario => scenario.Name));
        Assert.Equal([new UsersStage(3, 3, TimeSpan.FromSeconds(20))], plan.Scenarios[0].Load);
        Assert.Equal(2000, plan.Scenarios[1].MaxUsers);
        Assert.Empty(plan.Thresholds);
        Assert.Equal(new Quorum(1, 2, TimeSpan.Zero), plan.Quorum);
        Assert.Equal(("large", "shop-login"), (plan.Parameters["catalog"].Text, plan.Parameters["login"].Secret));
    }

    [Fact]
    public void Read_ParameterWrittenOtherwiseInALaterLayer_IsReplaced()
    {
        var plan = PlanTexts.Plan(
            PlanTexts.With("\"parameters\": { \"login\": { \"user\": \"a\", \"name\": \"b\" } }"),
            """{ "parameters": { "LOGIN:user": "c" } }""");

        Assert.Equal(["c", "b"], new[] { "login:user", "login:name" }.Select(key => plan.Parameters[key].Text));
    }

    [Fact]
    public void Read_PackageThatCarriesThePlan_IsTakenWhereNoneIsNamed()
    {
        var reading = new PlanReading { Package = new PackageRequest("Acme", "2.0.0"), PackageRequired = true, DefaultName = "orca" };

        Assert.True(PlanFile.Read([new PlanLayer("orca.json", PlanTexts.With(""))], reading).TryGet(out var plan, out _));
        Assert.Equal(("Acme@2.0.0", "Acme"), (plan.Package?.ToString(), plan.Name));
        Assert.True(PlanFile.Read([new PlanLayer("orca.json", PlanTexts.With("\"package\": \"Other\""))], reading).TryGet(out plan, out _));
        Assert.Equal(new PackageRequest("Other", null), plan.Package);
        Assert.True(PlanFile.Read([new PlanLayer("orca.json", PlanTexts.With(""))], reading with { Package = null, PackageRequired = false }).TryGet(out plan, out _));
        Assert.Equal("orca", plan.Name);
        Assert.False(PlanFile.Read([new PlanLayer("orca.json", PlanTexts.With(""))], reading with { Package = null }).TryGet(out _, out var problems));
        Assert.Equal("package", Assert.Single(problems).Where);
    }

    [Fact]
    public void FromSettings_PathsOfAllKinds_OverrideSingleKeys()
    {
        var settings = new Dictionary<string, string>
        {
            ["scenarios.browse.load[1].for"] = "10s",
            ["scenarios.browse.load[1].users"] = "7",
            ["scenarios.browse.load[2].pause"] = "5s",
            ["scenarios.import.load.0.users"] = "3",
            ["quorum"] = "2",
            ["seed"] = "-1",
            ["name"] = "two words",
            ["tags['a.b']"] = "it's",
            ["parameters.zip"] = "007",
            ["parameters.open"] = "true",
            ["parameters.quoted"] = "\"5\"",
        };
        Assert.True(PlanLayer.FromSettings("command line", settings).TryGet(out var layer, out _));
        var plan = PlanTexts.Plan(PlanTexts.Full, layer.Json);

        Assert.Equal(
            [new UsersStage(0, 200, Minutes(1)), new UsersStage(7, 7, TimeSpan.FromSeconds(10)), new PauseStage(TimeSpan.FromSeconds(5))],
            plan.Scenarios[0].Load);
        Assert.Equal(3, Assert.IsType<IterationsStage>(plan.Scenarios[2].Load[0]).Users);
        Assert.Equal((2, -1, "two words", "it's"), (plan.Quorum.Min, plan.Seed, plan.Name, plan.Tags["a.b"]));
        Assert.Equal(("007", "true", "5"), (plan.Parameters["zip"].Text, plan.Parameters["open"].Text, plan.Parameters["quoted"].Text));
    }

    [Fact]
    public void FromSettings_ArrayOrObject_ReplacesAndMergesAsAFileWould()
    {
        var settings = new Dictionary<string, string>
        {
            ["scenarios.browse.load"] = """[{ "rate": 50, "for": "20s" }, { "pause": "1s" }]""",
            ["quorum"] = """{ "min": 2, "max": 4 }""",
            ["tags.list"] = "[no JSON",
            ["tags.half"] = "\"\\ud800\"",
        };
        Assert.True(PlanLayer.FromSettings("command line", settings).TryGet(out var layer, out _));
        var plan = PlanTexts.Plan(PlanTexts.Full, layer.Json);

        Assert.Equal([new RateStage(50, 50, TimeSpan.FromSeconds(20)), new PauseStage(TimeSpan.FromSeconds(1))], plan.Scenarios[0].Load);
        Assert.Equal((2, 4), (plan.Quorum.Min, plan.Quorum.Max));
        Assert.Equal(("[no JSON", "\"\\ud800\""), (plan.Tags["list"], plan.Tags["half"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a[x]")]
    [InlineData("a[1")]
    [InlineData("a]")]
    [InlineData("a[1]b")]
    [InlineData("a['b]")]
    [InlineData("a['b'")]
    [InlineData("a[-1]")]
    public void FromSettings_NoPath_IsOneProblem(string path)
    {
        Assert.False(PlanLayer.FromSettings("command line", new Dictionary<string, string> { [path] = "1" }).TryGet(out _, out var problems));
        Assert.Contains("command line", Assert.Single(problems).What);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("{ \"min\": 1 }")]
    public void FromSettings_WholeAndPart_IsOneProblem(string whole)
    {
        Assert.False(PlanLayer.FromSettings("command line", new Dictionary<string, string> { ["quorum"] = whole, ["quorum.max"] = "2" }).TryGet(out _, out var problems));
        Assert.Equal("quorum.max", Assert.Single(problems).Where);
    }

    [Fact]
    public void FromSettings_ItemPastTheEnd_IsOneProblem()
    {
        PlanLayer.FromSettings("command line", new Dictionary<string, string> { ["scenarios.browse.load[4].for"] = "1s" }).TryGet(out var layer, out _);

        var problem = PlanTexts.Problem(PlanTexts.Full, layer!.Json);

        Assert.Equal("scenarios.browse.load[4]", problem.Where);
        Assert.Contains("the array has 2", problem.What);
    }

    [Fact]
    public void Write_TheContractsExample_ReadsTheSame()
    {
        var plan = PlanTexts.Plan(PlanTexts.Full);
        var again = PlanTexts.Plan(PlanFile.Write(plan));

        Assert.Equal(PlanFile.Write(plan), PlanFile.Write(again));
        Assert.Equal(plan.Scenarios.SelectMany(scenario => scenario.Load), again.Scenarios.SelectMany(scenario => scenario.Load));
        Assert.Equal(plan.Thresholds, again.Thresholds);
        Assert.Equal(plan.Parameters, again.Parameters);
        Assert.Equal(plan.Limits, again.Limits);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Write_AnyPlan_ReadsTheSame(int seed)
    {
        var plan = RandomPlan.Of(new Random(seed));

        var again = PlanTexts.Plan(PlanFile.Write(plan));

        Assert.Equal(PlanFile.Write(plan), PlanFile.Write(again));
        Assert.Equal(plan.Scenarios.Select(scenario => scenario.End), again.Scenarios.Select(scenario => scenario.End));
        Assert.Equal(plan.Scenarios.SelectMany(scenario => scenario.Load), again.Scenarios.SelectMany(scenario => scenario.Load));
        Assert.Equal(plan.Parameters, again.Parameters);
        Assert.Equal(plan.Tags, again.Tags);
        Assert.Equal(plan with { Scenarios = again.Scenarios, Thresholds = again.Thresholds, Parameters = again.Parameters, Tags = again.Tags }, again);
    }

    [Fact]
    public void WriteRedacted_Credentials_AreHiddenEverywhere()
    {
        var plan = PlanTexts.Plan(PlanTexts.With("""
            "target": "https://me:geheim@staging.example/a@b", "parameters": { "db": "postgres://u:ge@heim@db:5432/x" }, "tags": { "from": "http://geheim@ci/" }
            """));

        Assert.Contains("geheim", PlanFile.Write(plan));
        var shown = PlanFile.WriteRedacted(plan);
        Assert.DoesNotContain("heim", shown);
        Assert.Contains("https://***@staging.example/a@b", shown);
        Assert.Contains("postgres://***@db:5432/x", shown);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
