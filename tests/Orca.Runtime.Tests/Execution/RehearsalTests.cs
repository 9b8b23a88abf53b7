using Orca.Execution;
using Orca.Tests.Isolation;

namespace Orca.Tests.Execution;

public sealed class RehearsalTests
{
    [Fact]
    public async Task OnceAsync_AskedTwice_RehearsesOnceAndHasNothingToTell()
    {
        using var log = new LogCapture();
        var first = Rehearsal.OnceAsync(log);
        var second = Rehearsal.OnceAsync(log);

        await first.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Same(first, second);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void Prepare_TestWithStaticState_CompilesItWithoutRunningAny()
    {
        var prepared = CompiledTest.Prepare(typeof(CountedTest), TimeSpan.FromMinutes(1), TimeProvider.System);

        Assert.True(prepared > 3, $"{prepared} methods");
        Assert.Equal(0, Witness.Calls);
    }

    private static class Witness
    {
        public static int Calls;
    }

    private sealed class CountedTest : ILoadTest
    {
        public CountedTest() => Witness.Calls++;

        public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
        {
            Witness.Calls++;
            await user.ThinkAsync(TimeSpan.FromSeconds(1));
        }
    }
}
