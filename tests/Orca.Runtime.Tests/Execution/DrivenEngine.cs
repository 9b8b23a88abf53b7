using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orca.Execution;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Tests.Execution;

/// <summary>An engine with one scenario on a driven clock: all of it runs on the thread that advances the clock.</summary>
internal sealed class DrivenEngine : IAsyncDisposable
{
    public const string Scenario = "browse";

    public DrivenEngine(ILoadTest test, params LoadStage[] load)
        : this(test, new Setting(), load)
    {
    }

    public DrivenEngine(ILoadTest test, Setting setting, params LoadStage[] load)
    {
        Setting = setting;
        Clock = setting.Clock ?? new FakeTimeProvider();
        Plan = PlanOf(setting, load);
        Recorder = new Recorder(3, [Scenario]);
        Options = OptionsOf(Plan, test, setting, Recorder, Clock);
        Engine = new LoadEngine(Options);
    }

    public Setting Setting { get; }

    public FakeTimeProvider Clock { get; }

    public RunPlan Plan { get; }

    public LoadEngineOptions Options { get; }

    public Recorder Recorder { get; }

    public LoadEngine Engine { get; }

    public TimeSpan RunTime => Engine.RunTime;

    public MeasurementSet Measured => Recorder[0].Cut().Measured;

    public MeasurementSet WarmUp => Recorder[0].Cut().WarmUp;

    public Share Share => new(0, TimeSpan.Zero, SlotSet.ForRank(Setting.Rank, Setting.Drones));

    public static RunPlan PlanOf(Setting setting, params LoadStage[] load) => new()
    {
        Name = "plan",
        Scenarios = [new Scenario { Name = Scenario, Test = "fake", Load = [.. load], MaxUsers = setting.MaxUsers, Connections = setting.Connections }],
        Target = setting.Target,
        Seed = 42,
        WarmUp = setting.WarmUp,
        Grace = setting.Grace,
    };

    public static LoadEngineOptions OptionsOf(RunPlan plan, ILoadTest test, Setting setting, Recorder recorder, TimeProvider clock) => new()
    {
        RunId = "run-1",
        Plan = plan,
        Tests = [.. plan.Scenarios.Select(s => new ScenarioTest(s, test, setting.Parameters ?? new ConfigurationBuilder().Build(), NullLogger.Instance))],
        Drone = new DroneInfo(setting.Rank, setting.Drones),
        ClaimsIterations = setting.Claims,
        Recorder = recorder,
        Clock = clock,
        Logger = setting.Logger,
    };

    /// <summary>Sets up, starts at this very instant, with the right to load for ever.</summary>
    public async Task<DrivenEngine> StartedAsync(bool withRight = true)
    {
        Assert.Null(await Engine.SetUpAsync(Share, TestContext.Current.CancellationToken));
        if (withRight)
        {
            Engine.ExtendRight(long.MaxValue);
        }

        OffContext(() => Engine.Start(Share, Clock.GetTimestamp()));
        return this;
    }

    /// <summary>Advances the clock by half a millisecond at a time: the clock jumps, and what falls into a jump would come late.</summary>
    public void Advance(double seconds) => OffContext(() =>
    {
        var step = TimeSpan.FromMilliseconds(0.5);
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= step)
        {
            Clock.Advance(left < step ? left : step);
        }
    });

    /// <summary>Runs the engine's code without the test framework's synchronization context, so that it stays on this thread.</summary>
    public static void OffContext(Action action)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
