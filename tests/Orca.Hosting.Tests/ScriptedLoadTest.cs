namespace Orca.Tests.Hosting;

/// <summary>Does what its script says.</summary>
[LoadTest("scripted")]
public sealed class ScriptedLoadTest(Script script) : ILoadTest, ISwarmSetup, IDisposable
{
    public ValueTask<string?> SetUpSwarmAsync(LoadTestContext context, CancellationToken ct)
    {
        script.Called(nameof(SetUpSwarmAsync));
        return new("from the swarm's set-up");
    }

    public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct)
    {
        script.Called(nameof(SetUpAsync));
        return script.SetUp(context, ct);
    }

    public ValueTask StartUserAsync(VirtualUser user, CancellationToken ct)
    {
        script.Called(nameof(StartUserAsync));
        return script.StartUser(user, ct);
    }

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        script.Called(nameof(RunAsync));
        return script.Run(user, ct);
    }

    public ValueTask StopUserAsync(VirtualUser user, CancellationToken ct)
    {
        script.Called(nameof(StopUserAsync));
        return default;
    }

    public ValueTask TearDownAsync(LoadTestContext context, CancellationToken ct)
    {
        script.Called(nameof(TearDownAsync));
        return default;
    }

    public ValueTask TearDownSwarmAsync(LoadTestContext context, CancellationToken ct)
    {
        script.Called(nameof(TearDownSwarmAsync));
        return default;
    }

    public void Dispose() => script.Called(nameof(Dispose));
}
