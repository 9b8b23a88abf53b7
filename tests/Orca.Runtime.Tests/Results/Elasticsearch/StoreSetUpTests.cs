using Orca.Results.Elasticsearch.Setup;
using Orca.TestKit;
using Orca.TestKit.Elasticsearch;

namespace Orca.Tests.Results.Elasticsearch;

public sealed class StoreSetUpTests
{
    private static readonly SyntheticRun Run = new(drones: 2, steps: 2, intervals: 5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetUpAsync_Twice_ChangesNothingTheSecondTime()
    {
        await using var setting = await StoreSetting.StartAsync(setUp: false);

        var first = Workshop.Good(await setting.Store().SetUpAsync("default", Token));
        var second = Workshop.Good(await setting.Store().SetUpAsync("default", Token));

        Assert.Equal("Elasticsearch 9.1.0", first.Server);
        Assert.Equal(6, first.Done.Length);
        Assert.Empty(second.Done);
        Assert.False(first.Reduced);
        Assert.Equal(["orca-events-default", "orca-intervals-default"], setting.Server.State.Streams);
    }

    [Fact]
    public async Task SetUpAsync_OlderTemplatesThere_ReplacesThemAndRollsOver()
    {
        await using var setting = await StoreSetting.StartAsync();
        var older = setting.Server.State.Template("orca-intervals")!;
        older["version"] = StoreTemplates.Version - 1;
        setting.Server.State.PutTemplate("orca-intervals", older);

        var result = Workshop.Good(await setting.Store().SetUpAsync("default", Token));

        Assert.Contains("Index template orca-intervals is version 1 now.", result.Done);
        Assert.Contains("Data stream orca-intervals-default has a new backing index.", result.Done);
    }

    [Fact]
    public async Task SetUpAsync_AnotherTemplateInTheWay_SaysSo()
    {
        await using var setting = await StoreSetting.StartAsync(setUp: false);
        setting.Server.State.PutTemplate("all", System.Text.Json.Nodes.JsonNode.Parse("""{"index_patterns":["orca-*"],"priority":900,"data_stream":{},"template":{}}""")!.AsObject());

        var problem = Workshop.OnlyProblem(await setting.Store().SetUpAsync("default", Token));

        Assert.Contains("would have 'no' as the type of orca.latency.histogram", problem.What, StringComparison.Ordinal);
        Assert.Contains("higher priority", problem.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8.12.0")]
    [InlineData("8.19.3")]
    [InlineData("9.4.0")]
    public async Task SetUpAsync_AnyVersion_TakesARun(string version)
    {
        await using var setting = await StoreSetting.StartAsync(new() { Version = version });
        await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
    }

    [Fact]
    public async Task SetUpAsync_KeyMayNotAskForTheVersion_IsTakenForANewElasticsearch()
    {
        await using var setting = await StoreSetting.StartAsync(new() { HidesVersion = true }, setUp: false);

        Assert.False(Workshop.Good(await setting.Store().SetUpAsync("default", Token)).Reduced);
    }

    [Fact]
    public async Task SetUpAsync_OpenSearch_TakesTheReducedTemplateAndARun()
    {
        await using var setting = await StoreSetting.StartAsync(new() { IsOpenSearch = true, Version = "2.19.1" }, setUp: false);

        Assert.True(Workshop.Good(await setting.Store().SetUpAsync("default", Token)).Reduced);
        await setting.RunAsync(Run);

        Assert.Equal(StoreSetting.Expected(Run), setting.Stored);
        Assert.Empty(setting.Server.State.Unmapped);
    }

    [Fact]
    public async Task SetUpAsync_NobodyThere_SaysSo()
    {
        await using var setting = StoreSetting.Down();

        var problem = Workshop.OnlyProblem(await setting.Store().SetUpAsync("default", Token));

        Assert.StartsWith($"Elasticsearch at {setting.Server.Url} cannot be used: ", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetUpAsync_NoCredentials_SaysWhichOptionToSet()
    {
        await using var setting = await StoreSetting.StartAsync(new() { Authorization = "ApiKey abc" }, setUp: false);

        var problem = Workshop.OnlyProblem(await setting.Store().SetUpAsync("default", Token));

        Assert.Contains("status 401, missing authentication credentials", problem.What, StringComparison.Ordinal);
        Assert.Equal("Set Orca:Elasticsearch:ApiKey, or another credential.", problem.Advice);
    }
}
