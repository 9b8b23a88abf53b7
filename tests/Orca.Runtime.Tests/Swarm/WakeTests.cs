using Microsoft.Extensions.Time.Testing;
using Orca.Swarm;

namespace Orca.Tests.Swarm;

public sealed class WakeTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitAsync_SignalledBefore_ReturnsAtOnce()
    {
        var wake = new Wake(_clock);
        wake.Signal();
        wake.Signal();

        Assert.True(wake.WaitAsync(TimeSpan.FromHours(1), Ct).IsCompletedSuccessfully);
        var second = wake.WaitAsync(TimeSpan.FromHours(1), Ct);
        Assert.False(second.IsCompleted);
        wake.Signal();
        await second;
    }

    [Fact]
    public async Task WaitAsync_TimePasses_Returns()
    {
        var wake = new Wake(_clock);
        var waiting = wake.WaitAsync(TimeSpan.FromSeconds(1), Ct);
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await waiting;
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Throws()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var waiting = new Wake(_clock).WaitAsync(TimeSpan.FromHours(1), stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }
}
