using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orca.Results.Console.Live;

namespace Orca.Hosting;

/// <summary>Adds Orca to a generic host.</summary>
public static class OrcaHostingExtensions
{
    /// <summary>Adds a leader and its drones, over an in-memory swarm: the host runs one plan, then stops. Calling it twice changes nothing but the options.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Options, over those of the configuration section <c>Orca</c>; validated when the host starts.</param>
    /// <returns>A builder to add sinks with. The run itself is the service <see cref="OrcaRun"/>.</returns>
    public static OrcaSwarmBuilder AddOrcaSwarm(this IHostApplicationBuilder builder, Action<OrcaSwarmOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.All(service => service.ServiceType != typeof(OrcaRun)))
        {
            services.AddOptions<OrcaSwarmOptions>().BindConfiguration(OrcaSwarmOptions.Section).ValidateOnStart();
            services.AddSingleton(_ => new OrcaRun());
            services.AddHostedService<OrcaSwarmService>();

            // Before loggers take hold of the console: what they write must not break the live view.
            ConsoleTaps.Install();

            // A run that is asked to stop drains first: its grace, and the tests' tear-down.
            services.PostConfigure<HostOptions>(options => options.ShutdownTimeout = Longest(options.ShutdownTimeout, TimeSpan.FromMinutes(5)));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OrcaSwarmOptions>, OrcaSwarmOptionsRules>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new(services);
    }

    /// <summary>Runs a host to the end of its run, and disposes it. Problems are written to standard error.</summary>
    /// <param name="host">A host with <see cref="AddOrcaSwarm"/>.</param>
    /// <param name="ct">Cancelled to stop the host; the run is drained first.</param>
    /// <returns>What the run came to, with the exit code to end with; bad options give <see cref="ExitCode.BadInput"/>.</returns>
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
        var run = host.Services.GetRequiredService<OrcaRun>();
        try
        {
            // Looked at before the host starts, which would log what is wrong with them as a crash.
            _ = host.Services.GetRequiredService<IOptions<OrcaSwarmOptions>>().Value;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            host.Dispose();
            return BadOptions(e);
        }

        try
        {
            await host.RunAsync(ct).ConfigureAwait(false);
        }
        catch (OptionsValidationException e)
        {
            return BadOptions(e);
        }

        return await run.Completion.ConfigureAwait(false);
    }

    // What cannot be read as the option's type is no validation failure, and says which option it is.
    private static OrcaRunResult BadOptions(Exception exception) => new(
        ExitCode.BadInput,
        null,
        exception is OptionsValidationException invalid ? [.. invalid.Failures.Select(failure => new Problem(failure))] : [new(exception.Message)]);

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
