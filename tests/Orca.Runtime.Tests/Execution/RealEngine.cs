using Orca.Execution;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Tests.Execution;

/// <summary>An engine on the real clock, with its dispatcher's thread and the thread pool.</summary>
internal sealed class RealEngine : IAsyncDisposable
{
    private RealEngine(LoadEngine engine, Recorder recorder) => (Engine, Recorder) = (engine, recorder);

    public LoadEngine Engine { get; }

    public Recorder Recorder { get; }

    public MeasurementSet Measured => Recorder[0].Cut().Measured;

    public static RealEngine Of(FakeLoadTest test, params LoadStage[] load) => Of(test, new Setting(), load);

    public static RealEngine Of(FakeLoadTest test, Setting setting, params LoadStage[] load)
    {
        var plan = DrivenEngine.PlanOf(setting, load);
        var recorder = new Recorder(3, [DrivenEngine.Scenario]);
        return new(new LoadEngine(DrivenEngine.OptionsOf(plan, test, setting, recorder, TimeProvider.System)), recorder);
    }

    /// <summary>Starts now and waits for the end.</summary>
    public async Task RunAsync()
    {
        await StartAsync();
        await Engine.Completion.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Starts now, and stops as soon as a condition holds.</summary>
    public async Task RunUntilAsync(Func<bool> condition)
    {
        await StartAsync();
        while (!condition() && !Engine.Completion.IsCompleted)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Engine.Stop();
        await Engine.Completion.WaitAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private async Task StartAsync()
    {
        var share = new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 1));
        Assert.Null(await Engine.SetUpAsync(share, TestContext.Current.CancellationToken));
        Engine.ExtendRight(long.MaxValue);
        Engine.Start(share, TimeProvider.System.GetTimestamp());
    }
}
