using Microsoft.Extensions.DependencyInjection;
using Orca.Samples.EchoTest;
using Orca.Samples.Target;

namespace Orca.Tests.Samples;

/// <summary>The tests of the sample package against the sample target: what they do is what the target is sent.</summary>
public sealed class EchoTestPackageTests : IAsyncLifetime
{
    private TargetServer _target = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _target = await TargetServer.StartAsync(ct: Ct);

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    [Fact]
    public async Task Hello_OneIteration_GreetsAtHome()
    {
        var user = await RunAsync(new HelloLoadTest(), iterations: 1);

        Assert.Equal(["home"], user.Steps);
        Assert.True(user.Checks["greets"]);
        Assert.Equal(1, _target.Read().Endpoints["/"].Statuses[200]);
    }

    [Fact]
    public async Task Shop_ManyIterations_BuysNowAndThenAndPassesItsChecks()
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System);
        new Startup().ConfigureServices(services, new PlainContext(_target.Http).Parameters);
        await using var provider = services.BuildServiceProvider();

        var user = await RunAsync(ActivatorUtilities.CreateInstance<ShopLoadTest>(provider), iterations: 40);

        Assert.Equal(["finds-something", "is-charged", "is-fresh"], user.Checks.Keys.Order());
        Assert.All(user.Checks.Values, Assert.True);
        var bought = user.Steps.Count(step => step == "pay");
        Assert.InRange(bought, 1, 39);
        var sent = _target.Read();
        Assert.Equal(80 + (2 * bought), sent.Requests);
        Assert.Equal(bought, sent.Endpoints["/checkout"].Statuses[200]);
    }

    [Fact]
    public async Task Echo_ManyIterations_KeepsOneConnection()
    {
        var user = await RunAsync(new EchoLoadTest(), iterations: 20);

        Assert.True(user.Checks["same-line"]);
        Assert.Equal((1, 20), (_target.Read().EchoConnections, _target.Read().EchoMessages));
    }

    [Fact]
    public async Task Echo_WithoutItsAddress_SaysWhatIsMissing()
    {
        ILoadTest test = new EchoLoadTest();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => test.SetUpAsync(new PlainContext(_target.Http), Ct).AsTask());

        Assert.Contains("'echo'", error.Message);
    }

    private async Task<PlainUser> RunAsync(ILoadTest test, int iterations)
    {
        var context = new PlainContext(_target.Http, ("echo", _target.Echo));
        using var user = new PlainUser(context, _target.Http);
        await test.SetUpAsync(context, Ct);
        await test.StartUserAsync(user, Ct);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            await test.RunAsync(user, Ct);
        }

        await test.StopUserAsync(user, Ct);
        await test.TearDownAsync(context, Ct);
        return user;
    }
}
