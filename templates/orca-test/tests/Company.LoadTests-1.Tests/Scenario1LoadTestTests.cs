using Orca.Hosting;

namespace Company.LoadTests_1.Tests;

/// <summary>Runs a few iterations in this process, where breakpoints work, on the engine that drones use.</summary>
public sealed class Scenario1LoadTestTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Run_AgainstATargetThatAnswers_Passes()
    {
        await using var target = await StandInTarget.StartAsync();

        var result = await LoadTestHost.RunOnceAsync<Scenario1LoadTest>(options =>
        {
            options.Target = target.Address;
            options.Iterations = 3;
            options.WriteLine = output.WriteLine;
        }, TestContext.Current.CancellationToken);

        result.EnsurePassed();
        Assert.Equal(3, result.Step("home").Ok);
        Assert.Equal(3, result.Check("answers").Passed);
    }

    [Fact]
    public async Task Run_AgainstATargetThatFails_FailsTheIteration()
    {
        await using var target = await StandInTarget.StartAsync(failing: true);

        var result = await LoadTestHost.RunOnceAsync<Scenario1LoadTest>(options => options.Target = target.Address, TestContext.Current.CancellationToken);

        Assert.Equal(1, result.Failed);
    }
}
