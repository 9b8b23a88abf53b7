namespace Orca.Tests.Execution;

/// <summary>A test made of delegates.</summary>
internal sealed class FakeLoadTest : ILoadTest
{
    public Func<LoadTestContext, CancellationToken, ValueTask> SetUp { get; init; } = static (_, _) => default;

    public Func<VirtualUser, CancellationToken, ValueTask> StartUser { get; init; } = static (_, _) => default;

    public Func<VirtualUser, CancellationToken, ValueTask> Run { get; init; } = static (_, _) => default;

    public Func<VirtualUser, CancellationToken, ValueTask> StopUser { get; init; } = static (_, _) => default;

    public Func<LoadTestContext, CancellationToken, ValueTask> TearDown { get; init; } = static (_, _) => default;

    public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) => SetUp(context, ct);

    public ValueTask StartUserAsync(VirtualUser user, CancellationToken ct) => StartUser(user, ct);

    public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => Run(user, ct);

    public ValueTask StopUserAsync(VirtualUser user, CancellationToken ct) => StopUser(user, ct);

    public ValueTask TearDownAsync(LoadTestContext context, CancellationToken ct) => TearDown(context, ct);
}
