using Microsoft.Extensions.DependencyInjection;
using Orca.Hosting;

namespace Orca.Tests.Hosting;

public sealed class LoadTestHostTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunOnceAsync_PassingTest_TellsAllThatItDid()
    {
        var result = await RunAsync(
            new Script
            {
                Run = async (user, ct) =>
                {
                    await user.StepAsync("pay", async ct => await Task.Yield());
                    user.Check("paid", true);
                    user.Count("items", 2);
                    user.Gauge("stock", 7 - user.Iteration);
                    user.Record("size", 100);
                    user.Context.Attach("last", user.Iteration);
                },
            },
            options => options.Iterations = 3);

        Assert.Same(result, result.EnsurePassed());
        Assert.Equal(("scripted", 3, 0), (result.Test, result.Iterations, result.Failed));
        Assert.Equal(3, result.Times!.Count);
        Assert.Equal("pay", Assert.Single(result.Steps).Name);
        Assert.Equal((3, 0, 3), (result.Step("pay").Ok, result.Step("pay").Failed, result.Step("pay").Service!.Count));
        Assert.Equal((3, 0), (result.Check("paid").Passed, result.Check("paid").Failed));
        Assert.Equal(6, result.Metric("items").Count);
        Assert.Equal(5, result.Metric("stock").Last);
        Assert.Equal((3, 100), (result.Metric("size").Count, result.Metric("size").Max));
        Assert.Equal(2, Assert.Single(result.Attachments).Value.GetInt64());
        Assert.Null(result.FirstException);
        Assert.StartsWith("Load test 'scripted' passed: 3 iterations, mean ", result.ToString());
    }

    [Fact]
    public async Task RunOnceAsync_Hooks_AreCalledInOrderAndTheTestIsDisposed()
    {
        string? state = null;
        var script = new Script { Run = (user, _) => Done(() => state = user.Context.SwarmState) };

        await RunAsync(script, options => options.Iterations = 2);

        Assert.Equal(
            ["SetUpSwarmAsync", "SetUpAsync", "StartUserAsync", "RunAsync", "RunAsync", "StopUserAsync", "TearDownAsync", "TearDownSwarmAsync", "Dispose"],
            script.Calls);
        Assert.Equal("from the swarm's set-up", state);
    }

    [Fact]
    public async Task RunOnceAsync_StepThrows_FailsTheIterationAndShowsTheException()
    {
        var result = await RunAsync(
            new Script { Run = (user, _) => user.Iteration == 1 ? user.StepAsync("pay", BreakAsync) : default },
            options => options.Iterations = 3);

        Assert.False(result.Passed);
        Assert.Equal((3, 1), (result.Iterations, result.Failed));
        Assert.Equal(("InvalidOperationException", 1, "the basket is empty"), (result.Errors[0].Kind, result.Errors[0].Count, result.Errors[0].Sample));
        Assert.Equal(1, result.Step("pay").Failed);
        var failure = Assert.Throws<LoadTestFailedException>(() => result.EnsurePassed());
        Assert.Same(result, failure.Result);
        Assert.StartsWith("Load test 'scripted' failed: 1 of 3 iterations failed", failure.Message);
        Assert.Contains("error InvalidOperationException × 1: the basket is empty", failure.Message);
        Assert.Contains("step pay: 0 ok, 1 failed", failure.Message);
        Assert.Contains(nameof(BreakAsync), failure.Message);

        static async ValueTask BreakAsync(CancellationToken ct)
        {
            await Task.Yield();
            throw new InvalidOperationException("the basket is empty");
        }
    }

    [Fact]
    public async Task RunOnceAsync_IterationFailsItself_IsCountedByItsKind()
    {
        var result = await RunAsync(new Script { Run = (user, _) => Done(() => user.Fail("sold-out", "no tea left")) });

        Assert.Equal(("sold-out", "no tea left"), (result.Errors[0].Kind, result.Errors[0].Sample));
        Assert.Equal(1, result.Failed);
        Assert.Null(result.FirstException);
    }

    [Fact]
    public async Task RunOnceAsync_CheckDoesNotHold_FailsNoIterationButDoesNotPass()
    {
        var result = await RunAsync(
            new Script { Run = (user, _) => Done(() => user.Check("cheap", user.Iteration == 0)) },
            options => options.Iterations = 2);

        Assert.Equal(0, result.Failed);
        Assert.False(result.Passed);
        Assert.Contains("check cheap: did not hold 1 of 2 times", Assert.Throws<LoadTestFailedException>(() => result.EnsurePassed()).Message);
    }

    [Theory]
    [InlineData("SetUpSwarmAsync", 0, "Dispose")]
    [InlineData("SetUpAsync", 0, "TearDownAsync")]
    [InlineData("StartUserAsync", 0, "TearDownAsync")]
    [InlineData("StopUserAsync", 1, "TearDownAsync")]
    [InlineData("TearDownAsync", 1, "TearDownSwarmAsync")]
    [InlineData("TearDownSwarmAsync", 1, "Dispose")]
    public async Task RunOnceAsync_HookThrows_IsAProblemAndTheRestIsTornDown(string hook, int iterations, string still)
    {
        var script = new Script { Throws = hook };

        var result = await RunAsync(script);

        var problem = Assert.Single(result.Problems);
        Assert.Contains(hook, problem.What);
        Assert.Contains($"InvalidTimeZoneException: no zone for {hook}", problem.What);
        Assert.Contains($"no zone for {hook}", result.FirstException);
        Assert.Contains(nameof(Script.Called), result.FirstException);
        Assert.Equal(iterations, result.Iterations);
        Assert.Contains(still, script.Calls);
        Assert.Throws<LoadTestFailedException>(() => result.EnsurePassed());
    }

    [Fact]
    public async Task RunOnceAsync_ConstructorThrows_IsAProblem()
    {
        var result = await LoadTestHost.RunOnceAsync<BrokenLoadTest>(ct: Ct);

        Assert.Equal("broken", result.Test);
        Assert.EndsWith("BrokenLoadTest threw System.InvalidTimeZoneException: no such zone", Assert.Single(result.Problems).What);
        Assert.Contains("at Orca.Tests.Hosting.LoadTestHostTests.BrokenLoadTest..ctor", result.FirstException);
    }

    [Fact]
    public async Task RunOnceAsync_ServiceMissing_TellsWhereToRegisterIt()
    {
        var result = await LoadTestHost.RunOnceAsync<ScriptedLoadTest>(ct: Ct);

        var problem = Assert.Single(result.Problems);
        Assert.Contains("Unable to resolve service for type 'Orca.Tests.Hosting.Script'", problem.What);
        Assert.Contains("options.Services", problem.Advice);
    }

    [Fact]
    public async Task RunOnceAsync_StartupThrows_IsAProblem()
    {
        var result = await RunAsync(new Script(), options => options.UseStartup<BrokenStartup>());

        Assert.EndsWith("BrokenStartup.ConfigureServices threw System.InvalidTimeZoneException: no such zone", Assert.Single(result.Problems).What);
    }

    [Fact]
    public async Task RunOnceAsync_ServicesParametersAndSecrets_AreThoseOfAPackage()
    {
        List<string> lines = [];

        var result = await LoadTestHost.RunOnceAsync<GreetLoadTest>(
            options =>
            {
                options.Iterations = 2;
                options.Parameters["name"] = "Ada";
                options.Parameters["password"] = "none";
                options.Secrets["Password"] = "s3cret";
                options.WriteLine = lines.Add;
            },
            Ct);

        result.EnsurePassed();
        Assert.Equal("greet", result.Test);
        Assert.Equal("Hello Ada", result.Attachments["greeting"].GetString());
        Assert.Equal("s3cret", result.Attachments["password"].GetString());
        Assert.Equal(2, result.Attachments["count"].GetInt32());
        Assert.Equal(["information: Hello Ada", "information: Hello Ada"], lines);
    }

    [Fact]
    public async Task RunOnceAsync_ServicesAndStartupOfTheCaller_LieOverThePackages()
    {
        var named = await LoadTestHost.RunOnceAsync<GreetLoadTest>(options => options.UseStartup<PoliteStartup>(), Ct);
        var replaced = await LoadTestHost.RunOnceAsync<GreetLoadTest>(options => options.Services.AddSingleton(new Greeting("Moin")), Ct);

        Assert.Equal("Good day", named.EnsurePassed().Attachments["greeting"].GetString());
        Assert.Equal("Moin", replaced.EnsurePassed().Attachments["greeting"].GetString());
    }

    [Fact]
    public async Task RunOnceAsync_Http_IsTheUsersOwnAndMeasured()
    {
        await using var server = new LoopbackServer();
        List<string> pages = [];

        var result = await RunAsync(
            new Script
            {
                StartUser = async (user, ct) => await user.StepAsync("login", ct => user.Http.GetStringAsync("/login", ct)),
                Run = async (user, ct) =>
                {
                    pages.Add(await user.StepAsync("home", ct => user.Http.GetStringAsync("/", ct)));
                    (await user.Http.GetAsync("/fail", ct)).Dispose();
                },
            },
            options =>
            {
                options.Target = server.Address;
                options.Iterations = 2;
            });

        result.EnsurePassed();
        Assert.Equal(["Hello 2", "Hello 4"], pages);
        Assert.Equal((1, 2), (result.Step("login").Ok, result.Step("home").Ok));
        Assert.Equal((200, 2), (result.Step("home").Http!.Statuses[0].Status, result.Step("home").Http!.Requests));
        Assert.Equal((500, 2), (result.Step("(http)").Http!.Statuses[0].Status, result.Step("(http)").Http!.Statuses[0].Count));
        Assert.Contains("step home: 2 ok, 0 failed", result.ToString());
        Assert.Contains("HTTP 500 × 2", result.ToString());
    }

    [Fact]
    public async Task RunOnceAsync_TestOfTheReadme_Passes()
    {
        await using var server = new LoopbackServer();

        var result = await LoadTestHost.RunOnceAsync<VisitLoadTest>(
            options =>
            {
                options.Target = server.Address;
                options.Parameters["greeting"] = "Hello";
                options.Iterations = 3;
            },
            Ct);

        Assert.Equal(3, result.EnsurePassed().Step("home").Ok);
    }

    [Fact]
    public async Task RunOnceAsync_NobodyListens_NamesTheErrorAndTheStep()
    {
        var result = await RunAsync(
            new Script { Run = async (user, ct) => await user.StepAsync("home", ct => user.Http.GetStringAsync("/", ct)) },
            options => options.Target = new($"http://127.0.0.1:{TestKit.FeedServer.FreePort()}/"));

        Assert.Equal("HttpRequestException.ConnectionError", result.Errors[0].Kind);
        Assert.Contains("no response × 1", result.ToString());
    }

    [Fact]
    public async Task RunOnceAsync_SeveralUsers_ShareTheIterationsAndDrawTheSameEachTime()
    {
        async Task<List<(long Iteration, long User, int Drawn)>> RunAsync()
        {
            var drawn = new System.Collections.Concurrent.ConcurrentBag<(long, long, int)>();
            (await LoadTestHostTests.RunAsync(
                new Script { Run = (user, _) => Done(() => drawn.Add((user.Iteration, user.Id, user.Random.Next()))) },
                options => (options.Iterations, options.Users) = (20, 4))).EnsurePassed();
            return [.. drawn.Order()];
        }

        var first = await RunAsync();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), first.Select(one => one.Iteration));
        Assert.Equal([0, 1, 2, 3], first.Select(one => one.User).Distinct().Order());
        Assert.Equal(first.Select(one => (one.Iteration, one.Drawn)), (await RunAsync()).Select(one => (one.Iteration, one.Drawn)));
    }

    [Fact]
    public async Task RunOnceAsync_Cancelled_TearsDownAndThrows()
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var script = new Script
        {
            Run = async (_, ct) =>
            {
                await giveUp.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            },
        };

        var thrown = await Assert.ThrowsAsync<OperationCanceledException>(() => RunAsync(script, ct: giveUp.Token));

        Assert.Equal(giveUp.Token, thrown.CancellationToken);
        Assert.Equal(["StopUserAsync", "TearDownAsync", "TearDownSwarmAsync", "Dispose"], script.Calls.TakeLast(4));
        Assert.Equal(1, script.Calls.Count(call => call == "RunAsync"));
    }

    [Fact]
    public async Task RunOnceAsync_IterationPastTheTimeLimit_IsCancelledAndTold()
    {
        var script = new Script { Run = async (_, ct) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct) };

        var result = await RunAsync(script, options => (options.Iterations, options.TimeLimit) = (2, TimeSpan.FromMilliseconds(100)));

        Assert.Equal(0, result.Iterations);
        Assert.StartsWith("2 of 2 iterations had not ended within 0.1s.", Assert.Single(result.Problems).What);
        Assert.Null(result.FirstException);
        Assert.Contains("TearDownAsync", script.Calls);
    }

    [Fact]
    public async Task RunOnceAsync_SetUpPastTheTimeLimit_IsCancelledAndTold()
    {
        var script = new Script { SetUp = async (_, ct) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct) };

        var result = await RunAsync(script, options => options.TimeLimit = TimeSpan.FromMilliseconds(100));

        var problem = Assert.Single(result.Problems);
        Assert.StartsWith("SetUpAsync of scenario 'scripted' (test 'scripted') had not ended", problem.What);
        Assert.Contains("options.TimeLimit", problem.Advice);
    }

    [Fact]
    public async Task Find_NameThatIsNotThere_NamesThoseThatAre()
    {
        var result = await RunAsync(new Script { Run = (user, _) => user.StepAsync("pay", static ct => default(ValueTask)) });

        Assert.Equal("Load test 'scripted' has no step 'buy'; it has 'pay'.", Assert.Throws<KeyNotFoundException>(() => result.Step("buy")).Message);
        Assert.Equal("Load test 'scripted' has no check 'paid'; it has none.", Assert.Throws<KeyNotFoundException>(() => result.Check("paid")).Message);
    }

    [Fact]
    public async Task RunOnceAsync_UnusableOption_ThrowsAtOnce()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(new Script(), options => options.Iterations = 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(new Script(), options => options.Users = 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(new Script(), options => options.TimeLimit = TimeSpan.Zero));
        Assert.Contains("'/shop' is no absolute URI", (await Assert.ThrowsAsync<ArgumentException>(
            () => RunAsync(new Script(), options => options.Target = new("/shop", UriKind.Relative)))).Message);
    }

    private static Task<RunOnceResult> RunAsync(Script script, Action<RunOnceOptions>? configure = null, CancellationToken? ct = null) =>
        LoadTestHost.RunOnceAsync<ScriptedLoadTest>(
            options =>
            {
                options.Services.AddSingleton(script);
                configure?.Invoke(options);
            },
            ct ?? Ct);

    private static ValueTask Done(Action action)
    {
        action();
        return default;
    }

    private sealed class BrokenLoadTest : ILoadTest
    {
        public BrokenLoadTest() => throw new InvalidTimeZoneException("no such zone");

        public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
    }

    private sealed class BrokenStartup : ILoadTestStartup
    {
        public void ConfigureServices(IServiceCollection services, Microsoft.Extensions.Configuration.IConfiguration parameters) =>
            throw new InvalidTimeZoneException("no such zone");
    }

    private sealed class PoliteStartup : ILoadTestStartup
    {
        public void ConfigureServices(IServiceCollection services, Microsoft.Extensions.Configuration.IConfiguration parameters) =>
            services.AddSingleton(new Greeting("Good day"));
    }
}
