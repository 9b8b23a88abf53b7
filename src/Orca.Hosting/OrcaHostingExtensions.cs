using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orca.Execution;
using Orca.Hosting.Drones;
using Orca.Hosting.Health;
using Orca.Hosting.Leaders;
using Orca.Hosting.Media;
using Orca.Hosting.Telemetry;
using Orca.Results.Console.Live;

namespace Orca.Hosting;

/// <summary>Adds Orca to a generic host.</summary>
/// <remarks>
/// Calling a method twice changes nothing but the options. Clock, sinks, health checks and connection are services, which a host
/// may replace. Meter and activity source are called <c>Orca</c>. Health checks: <c>orca-ready</c> (tag <c>ready</c>), <c>orca-live</c> (tag <c>live</c>).
/// </remarks>
public static class OrcaHostingExtensions
{
    /// <summary>Adds a leader: the host runs one plan on the drones of its swarm, then stops with the run's exit code.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Options, over those of the configuration section <c>Orca</c>; validated when the host starts.</param>
    /// <returns>A builder to choose the medium and to add sinks with. The run itself is the service <see cref="OrcaRun"/>.</returns>
    public static OrcaLeaderBuilder AddOrcaLeader(this IHostApplicationBuilder builder, Action<OrcaLeaderOptions>? configure = null)
    {
        AddOptions<OrcaLeaderOptions, LeaderOptionsRules>(builder, configure);
        builder.Services.TryAddSingleton(static services => new LeaderRole(services.GetRequiredService<IOptions<OrcaLeaderOptions>>().Value, Drones: null));
        return AddLeader(builder.Services);
    }

    /// <summary>Adds drones: the host takes part in the runs of its swarm, one after the other, until it is stopped.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Options, over those of the configuration section <c>Orca</c>; validated when the host starts.</param>
    /// <returns>A builder to choose the medium with.</returns>
    public static OrcaBuilder AddOrcaDrone(this IHostApplicationBuilder builder, Action<OrcaDroneOptions>? configure = null)
    {
        AddOptions<OrcaDroneOptions, DroneOptionsRules>(builder, configure);
        builder.Services.TryAddSingleton(static services => new DroneRole(services.GetRequiredService<IOptions<OrcaDroneOptions>>().Value));
        AddDrones(builder.Services);
        return new(builder.Services);
    }

    /// <summary>Adds a leader and its drones, over an in-memory swarm unless another medium is chosen: the host runs one plan, then stops.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Options, over those of the configuration section <c>Orca</c>; validated when the host starts.</param>
    /// <returns>A builder to add sinks with. The run itself is the service <see cref="OrcaRun"/>.</returns>
    public static OrcaLeaderBuilder AddOrcaSwarm(this IHostApplicationBuilder builder, Action<OrcaSwarmOptions>? configure = null)
    {
        AddOptions<OrcaSwarmOptions, SwarmOptionsRules>(builder, configure);
        var services = builder.Services;
        services.TryAddSingleton<ISwarmConnector, InMemoryConnector>();
        services.TryAddSingleton(static services =>
        {
            var options = services.GetRequiredService<IOptions<OrcaSwarmOptions>>().Value;
            return new DroneRole(options.ToDroneOptions(), options.Kill);
        });
        services.TryAddSingleton(static services =>
        {
            var options = services.GetRequiredService<IOptions<OrcaSwarmOptions>>().Value;
            return new LeaderRole(options, services.GetRequiredService<ISwarmConnector>().IsOpen ? null : options.Drones);
        });
        AddDrones(services);
        return AddLeader(services);
    }

    /// <summary>Runs a host to the end of its run, or until it is stopped, and disposes it. Problems are written to standard error.</summary>
    /// <param name="host">A host with a leader, with drones, or with both.</param>
    /// <param name="ct">Cancelled to stop the host; a run is drained first.</param>
    /// <returns>What the run came to, with the exit code to end with; bad options give <see cref="ExitCode.BadInput"/>. A host with drones only has passed when it was stopped.</returns>
    public static async Task<OrcaRunResult> RunOrcaAsync(this IHost host, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        var result = await RunAsync(host, ct).ConfigureAwait(false);
        foreach (var problem in result.Problems)
        {
            await Console.Error.WriteLineAsync(problem.ToString()).ConfigureAwait(false);
        }

        return result;
    }

    private static async Task<OrcaRunResult> RunAsync(IHost host, CancellationToken ct)
    {
        var run = host.Services.GetService<OrcaRun>();
        try
        {
            // Looked at before the host starts, which would log what is wrong with them as a crash.
            host.Services.GetService<IStartupValidator>()?.Validate();
        }
        catch (Exception e) when (ProblemsOf(e) is { Length: > 0 } problems)
        {
            if (host is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }

            host.Dispose();
            return new(ExitCode.BadInput, null, [.. problems]);
        }

        await host.RunAsync(ct).ConfigureAwait(false);
        return run is null ? new(ExitCode.Passed, null, []) : await run.Completion.ConfigureAwait(false);
    }

    // What cannot be read as the option's type is no validation failure, and says which option it is.
    private static Problem[] ProblemsOf(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures.Select(failure => new Problem(failure))],
        AggregateException several => [.. several.InnerExceptions.SelectMany(ProblemsOf)],
        InvalidOperationException => [new(exception.Message)],
        _ => [],
    };

    private static void AddOptions<TOptions, TRules>(IHostApplicationBuilder builder, Action<TOptions>? configure)
        where TOptions : OrcaMemberOptions
        where TRules : class, IValidateOptions<TOptions>
    {
        ArgumentNullException.ThrowIfNull(builder);
        EnableProfileOfBuild();
        var services = builder.Services;
        if (services.All(service => service.ImplementationType != typeof(TRules)))
        {
            services.AddOptions<TOptions>().BindConfiguration(OrcaMemberOptions.Section).ValidateOnStart();
            services.AddSingleton<IValidateOptions<TOptions>, TRules>();
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }
    }

    private static void AddMember(IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(MemberLoops)))
        {
            return;
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MemberLoops>();
        services.AddMetrics();
        services.AddSingleton<OrcaTelemetry>();
        services.AddHealthChecks()
            .AddCheck<ReadyCheck>(ReadyCheck.Name, tags: ["ready"])
            .AddCheck<LiveCheck>(LiveCheck.Name, tags: ["live"]);

        // Whoever is asked to stop drains first: the plan's grace, and the tests' tear-down.
        services.PostConfigure<HostOptions>(static options => options.ShutdownTimeout = Longest(options.ShutdownTimeout, TimeSpan.FromMinutes(5)));
    }

    private static OrcaLeaderBuilder AddLeader(IServiceCollection services)
    {
        // Before loggers take hold of the console: what they write must not break the live view.
        ConsoleTaps.Install();
        AddMember(services);
        services.TryAddSingleton(static _ => new OrcaRun());
        services.TryAddSingleton<TelemetrySink>();
        services.AddHostedService<LeaderService>();
        return new(services);
    }

    private static void AddDrones(IServiceCollection services)
    {
        AddMember(services);
        services.AddHostedService<DroneService>();
    }

    // <OrcaProfile> of the host's project: here, so that it is early enough for the host's own sockets too.
    private static void EnableProfileOfBuild()
    {
        if (AppContext.GetData("Orca.Profile") is "performance")
        {
            PerformanceProfile.Enable();
        }
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
