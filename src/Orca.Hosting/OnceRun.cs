using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Execution;
using Orca.Isolation;
using Orca.Measurement;
using Orca.Packages;
using Orca.Plans;
using Orca.Results;
using Orca.Results.Console;
using Orca.Runs;

namespace Orca.Hosting;

/// <summary>The story of one test in this process: constructed, set up, run, torn down. What the test throws becomes a problem.</summary>
internal sealed class OnceRun
{
    // Iterations that are cancelled get so long to end; those that have all ended need none.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TearDownLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly Type _type;
    private readonly RunOnceOptions _options;
    private readonly RunPlan _plan;
    private readonly List<Problem> _problems = [];
    private Exception? _thrown;

    public OnceRun(Type type, RunOnceOptions options)
    {
        (_type, _options) = (type, options);
        var name = type.GetCustomAttribute<LoadTestAttribute>()?.Name ?? TestNames.Kebab(type.Name);
        var stage = new IterationsStage(options.Iterations, Math.Min(options.Users, options.Iterations), PlanLimits.LongestScenario);
        _plan = new()
        {
            Name = name,
            Target = options.Target,
            Seed = options.Seed,
            Grace = Grace,
            Parameters = ParameterValue.None
                .SetItems(options.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, new ParameterValue(parameter.Value))))
                .SetItems(options.Secrets.Select(secret => KeyValuePair.Create(secret.Key, new ParameterValue(null, secret.Key)))),
            Scenarios = [new() { Name = name, Test = name, Load = [stage], MaxUsers = options.Users, Connections = options.Connections }],
        };
    }

    private Scenario Scenario => _plan.Scenarios[0];

    public async Task<RunOnceResult> RunAsync(CancellationToken ct)
    {
        using var limit = LimitOf(_options.TimeLimit);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var lines = _options is { LoggerFactory: null, WriteLine: { } write } ? LineLoggers(write) : null;
        var loggers = _options.LoggerFactory ?? lines ?? NullLoggerFactory.Instance;

        // 1. Construct, as a drone does.
        await using var services = BuildServices(loggers);
        if (services is null || Construct(services) is not { } test)
        {
            return Result(new());
        }

        var observed = new ObservedTest(test.Test, _options.Iterations);
        var engineOptions = EngineOptions(test, observed, loggers);
        var setup = test.Test as ISwarmSetup;
        var context = new ScenarioContext(engineOptions, engineOptions.Tests[0]);

        // 2. Set the swarm up.
        string? state = null;
        if (setup is not null && !await SwarmHookAsync(nameof(setup.SetUpSwarmAsync), async ct => state = await setup.SetUpSwarmAsync(context, ct).ConfigureAwait(false), observed, given.Token).ConfigureAwait(false))
        {
            return Result(new(), observed);
        }

        // 3. Set up, 4. run, 5. tear down.
        engineOptions = engineOptions with { SwarmState = state is null ? engineOptions.SwarmState : new Dictionary<string, string> { [Scenario.Name] = state } };
        var span = await RunEngineAsync(engineOptions, observed, given.Token).ConfigureAwait(false);

        // 6. Tear the swarm down.
        if (setup is not null)
        {
            using var tearDown = LimitOf(TearDownLimit);
            await SwarmHookAsync(nameof(setup.TearDownSwarmAsync), ct => setup.TearDownSwarmAsync(context, ct).AsTask(), observed, tearDown.Token).ConfigureAwait(false);
        }

        return Measured(engineOptions.Recorder, span, observed);
    }

    private async Task<TimeSpan> RunEngineAsync(LoadEngineOptions engineOptions, ObservedTest observed, CancellationToken ct)
    {
        await using var engine = new LoadEngine(engineOptions);
        var share = new Share(0, TimeSpan.Zero, SlotSet.ForRank(0, 1));
        var span = TimeSpan.Zero;
        var failure = await engine.SetUpAsync(share, ct).ConfigureAwait(false);
        if (failure is null)
        {
            var start = Clock.GetTimestamp();
            engine.Start(share, start);
            engine.ExtendRight(long.MaxValue);
            await ((Task)Task.WhenAny(observed.AllEnded, engine.Completion).WaitAsync(ct)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            engine.Stop();
            await engine.Completion.ConfigureAwait(false);
            span = Clock.GetElapsedTime(start);
        }
        else
        {
            Add(failure, ct);
        }

        using var tearDown = LimitOf(TearDownLimit);
        if (await engine.TearDownAsync(tearDown.Token).ConfigureAwait(false) is { } unclean)
        {
            Add(unclean, tearDown.Token);
        }

        return span;
    }

    private TestServices? BuildServices(ILoggerFactory loggers)
    {
        // Every secret has its value.
        Isolation.Parameters.Build(Scenario, _plan, _options.Secrets.AsReadOnly()).TryGet(out var parameters, out _);
        if (!FindStartup(out var startup))
        {
            return null;
        }

        try
        {
            return TestServices.Build(Scenario.Test, _type, startup, parameters!, Clock, loggers, _options.Services);
        }
        catch (Exception e)
        {
            Thrown($"{startup?.FullName}.{nameof(ILoadTestStartup.ConfigureServices)}", e, null);
            return null;
        }
    }

    // As in a package, in which there is one at most.
    private bool FindStartup(out Type? startup)
    {
        Type[] found = _options.Startup is { } named
            ? [named]
            : [.. TypesOf(_type.Assembly).Where(type => type is { IsVisible: true, IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(ILoadTestStartup)))];
        startup = found is [var only] ? only : null;
        if (found.Length < 2)
        {
            return true;
        }

        _problems.Add(new($"{_type.Assembly.GetName().Name} has {found.Length} classes that implement ILoadTestStartup: {string.Join(", ", found.Select(type => type.FullName))}.")
        {
            Advice = "Name the test's with options.UseStartup<TStartup>(); a package keeps one of them.",
        });
        return false;
    }

    // A type whose own references are missing is no startup that could be used.
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    private ConstructedTest? Construct(TestServices services)
    {
        try
        {
            return services.Construct(_type);
        }
        catch (Exception e)
        {
            Thrown($"The constructor of {_type.FullName}", e, e is InvalidOperationException && e.Message.StartsWith("Unable to resolve service", StringComparison.Ordinal)
                ? "Register the service in the package's ILoadTestStartup, or add it to options.Services."
                : null);
            return null;
        }
    }

    private LoadEngineOptions EngineOptions(ConstructedTest test, ObservedTest observed, ILoggerFactory loggers) => new()
    {
        RunId = RunIds.New(Clock, new Random(RandomNumberGenerator.GetInt32(int.MaxValue))),
        Plan = _plan,
        Tests = [new(Scenario, observed, test.Parameters, test.Logger) { StartsUsers = ScenarioTest.StartsUsersOfItsOwn(test.Test) }],
        Drone = new(0, 1),
        Recorder = new(_plan.Precision, [Scenario.Name]),
        Clock = Clock,
        Logger = loggers.CreateLogger<LoadEngine>(),
    };

    private async Task<bool> SwarmHookAsync(string hook, Func<CancellationToken, Task> call, ObservedTest observed, CancellationToken ct)
    {
        try
        {
            await Task.Run(() => call(ct), CancellationToken.None).WaitAsync(ct).ConfigureAwait(false);
            return true;
        }
        catch (Exception e)
        {
            observed.Note(e, ct);
            Add(new($"{hook} of test '{Scenario.Test}' failed with {e.GetType().Name}: {e.Message}"), ct);
            return false;
        }
    }

    private void Thrown(string where, Exception exception, string? advice)
    {
        _thrown = exception;
        var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
        _problems.Add(new($"{where} threw {cause.GetType().FullName}: {cause.Message}") { Advice = advice });
    }

    // The stack trace is in the result; there is no plan to change.
    private void Add(Problem problem, CancellationToken ct) =>
        _problems.Add(problem with { Advice = ct.IsCancellationRequested ? "Let it observe its cancellation token, or raise options.TimeLimit." : null });

    private RunOnceResult Measured(Recorder recorder, TimeSpan span, ObservedTest observed)
    {
        var snapshot = recorder.Cut(new("once", "once", 0, 1, span, Final: true), new() { SchedulingDelay = new(_plan.Precision) });
        var set = snapshot.Scenarios[0].Measured;
        var left = _options.Iterations - set.Finished;
        if (left > 0 && _problems.Count == 0)
        {
            _problems.Add(new($"{left} of {_options.Iterations} iterations had not ended within {Figures.Clock(_options.TimeLimit)}.")
            {
                Advice = "Look for what they wait for with a debugger, under which there is no limit, or raise options.TimeLimit.",
            });
        }

        // What users do as they start, which a run leaves out of its figures, is what an author looks for.
        set.Add(snapshot.Scenarios[0].WarmUp);
        var work = WorkReduction.Of(set, span, withSteps: true);
        return Result(
            work with { Steps = [.. work.Steps.Where(step => step.Ok + step.Failed > 0 || step.Http is not null)] },
            observed,
            snapshot.Attachments);
    }

    private RunOnceResult Result(WorkStatistics work, ObservedTest? observed = null, ImmutableArray<Attachment> attachments = default) => new(Scenario.Test, work)
    {
        Problems = [.. _problems],
        FirstException = (_thrown ?? observed?.FirstException)?.ToString(),
        Attachments = attachments.IsDefault
            ? ImmutableSortedDictionary<string, JsonElement>.Empty
            : attachments.ToImmutableSortedDictionary(attachment => attachment.Name, attachment => JsonElement.Parse(attachment.Json), StringComparer.Ordinal),
    };

    private static CancellationTokenSource LimitOf(TimeSpan limit) => new(Debugger.IsAttached ? Timeout.InfiniteTimeSpan : limit, Clock);

    // What the engine says at its ease is not the author's concern.
    private static ILoggerFactory LineLoggers(Action<string> write) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter(typeof(LoadEngine).Namespace, LogLevel.None)
        .AddProvider(new LineLogger(write)));
}
