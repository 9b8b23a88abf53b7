namespace Orca.Tests;

public sealed class TypedLoadTestTests
{
    [Fact]
    public async Task StartUser_MakesTheState_ThatEveryHookIsHanded()
    {
        var test = new Shop();
        ILoadTest contract = test;
        var (first, second) = (new RecordingUser(), new RecordingUser());

        await contract.StartUserAsync(first, default);
        await contract.StartUserAsync(second, default);
        await contract.RunAsync(first, default);
        await contract.RunAsync(first, default);
        await contract.RunAsync(second, default);
        await contract.StopUserAsync(first, default);

        Assert.Equal(2, ((Basket)first.State!).Items);
        Assert.Equal(1, ((Basket)second.State!).Items);
        Assert.Same(first.State, Assert.Single(test.Stopped));
    }

    [Fact]
    public async Task StopUser_OfAUserWithoutState_CallsNothing()
    {
        var test = new Shop();

        await ((ILoadTest)test).StopUserAsync(new RecordingUser(), default);

        Assert.Empty(test.Stopped);
    }

    [Fact]
    public async Task Hooks_ThatAreNotWritten_DoNothing()
    {
        ILoadTest test = new Bare();

        await test.SetUpAsync(null!, default);
        await test.StartUserAsync(new RecordingUser(), default);
        await test.StopUserAsync(new RecordingUser(), default);
        await test.TearDownAsync(null!, default);
    }

    [Fact]
    public void Name_OfTheAttribute_IsWhatWasGiven()
    {
        var attribute = new LoadTestAttribute("checkout") { Description = "buys" };
        Assert.Equal(("checkout", "buys"), (attribute.Name, attribute.Description));
    }

    private sealed class Basket
    {
        public int Items { get; set; }
    }

    private sealed class Shop : LoadTest<Basket>
    {
        public List<Basket> Stopped { get; } = [];

        protected override async ValueTask<Basket> StartUserAsync(VirtualUser user, CancellationToken ct)
        {
            await Task.Yield();
            return new Basket();
        }

        protected override ValueTask RunAsync(VirtualUser user, Basket state, CancellationToken ct)
        {
            state.Items++;
            return default;
        }

        protected override ValueTask StopUserAsync(VirtualUser user, Basket state, CancellationToken ct)
        {
            Stopped.Add(state);
            return default;
        }
    }

    private sealed class Bare : ILoadTest
    {
        public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
    }
}
