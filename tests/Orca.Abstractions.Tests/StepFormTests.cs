namespace Orca.Tests;

/// <summary>Which form of a step the compiler takes for what an author writes.</summary>
public sealed class StepFormTests
{
    private readonly RecordingUser _user = new();

    [Fact]
    public async Task AsyncLambda_TakesTheValueTaskForm()
    {
        await _user.StepAsync("s", async ct => await Task.Yield());
        await _user.StepAsync("s", async (step, ct) => await Task.Yield());
        Assert.Equal(["ct", "step"], _user.Calls);
    }

    [Fact]
    public async Task AsyncLambdaWithAResult_TakesTheFormThatReturnsIt()
    {
        var one = await _user.StepAsync("s", async ct =>
        {
            await Task.Yield();
            return 1;
        });
        var two = await _user.StepAsync("s", async (step, ct) =>
        {
            await Task.Yield();
            return step.Name;
        });
        Assert.Equal((1, "step"), (one, two));
        Assert.Equal(["ct→T", "step→T"], _user.Calls);
    }

    [Fact]
    public async Task LambdaThatReturnsATask_IsTakenToo()
    {
        await _user.StepAsync("s", ct => Task.CompletedTask);
        await _user.StepAsync("s", (step, ct) => Task.CompletedTask);
        var one = await _user.StepAsync("s", ct => Task.FromResult("one"));
        var two = await _user.StepAsync("s", (step, ct) => Task.FromResult(2));
        Assert.Equal(("one", 2), (one, two));
        Assert.Equal(["state", "state", "state→T", "state→T"], _user.Calls);
    }

    [Fact]
    public async Task LambdaThatReturnsAValueTask_IsTakenAsItIs()
    {
        await _user.StepAsync("s", ct => ValueTask.CompletedTask);
        Assert.Equal(3, await _user.StepAsync("s", (step, ct) => ValueTask.FromResult(3)));
        Assert.Equal(["ct", "step→T"], _user.Calls);
    }

    [Fact]
    public async Task StaticLambdaWithState_TakesTheStateForm()
    {
        await _user.StepAsync("s", 5, static (state, step, ct) => default);
        Assert.Equal(6, await _user.StepAsync("s", 5, static (state, step, ct) => ValueTask.FromResult(state + 1)));
        await _user.StepAsync("s", 5, static async (state, step, ct) => await Task.Yield());
        Assert.Equal(["state", "state→T", "state"], _user.Calls);
    }

    [Fact]
    public async Task LambdaThatOnlyThrows_Compiles() =>
        await Assert.ThrowsAsync<NotSupportedException>(async () => await _user.StepAsync("s", ct => throw new NotSupportedException()));

    [Fact]
    public async Task MethodGroup_OfATask_IsTaken()
    {
        await _user.StepAsync("s", PlainAsync);
        Assert.Equal(["state"], _user.Calls);
    }

    private static Task PlainAsync(CancellationToken ct) => Task.CompletedTask;
}
