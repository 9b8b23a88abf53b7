using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orca.Execution;
using Orca.Hosting.Media;
using Orca.Hosting.Telemetry;
using Orca.Runs;
using Orca.Runs.Workers;
using Orca.Swarm;

namespace Orca.Hosting.Drones;

/// <summary>Holds this host's drones, until the host stops.</summary>
internal sealed class DroneService(
    DroneRole role,
    ISwarmConnector connector,
    MemberLoops loops,
    IServiceProvider services,
    ILoggerFactory loggers,
    TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan BeforeAnotherLife = TimeSpan.FromSeconds(1);

    private OrcaDroneOptions Options => role.Options;

    /// <summary>A run that this host leads ends first: it needs its drones.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<OrcaRun>() is { } run)
        {
            await ((Task)run.Completion).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Options.Profile == OrcaProfile.Performance)
        {
            PerformanceProfile.Enable();
        }

        // The meter's gauges are there from now on.
        services.GetRequiredService<OrcaTelemetry>();
        var names = connector.NamesOf(Options.Swarm);
        var name = MemberPackages.TextOf(Options.Name);
        var single = name is not null && Options.Drones == 1 && connector.IsOpen;
        name ??= $"{Environment.MachineName}-{Environment.ProcessId}";
        await Task.WhenAll(Enumerable.Range(1, Options.Drones)
            .Select(number => Task.Run(() => LiveAsync(single ? name : $"{name}-{number}", role.Kill?.Number == number ? role.Kill : null, names, stoppingToken), CancellationToken.None))).ConfigureAwait(false);
    }

    // A drone outlives whatever happens to it: where its loop fails, it begins another life.
    private async Task LiveAsync(string id, DroneKill? kill, SwarmNames names, CancellationToken ct)
    {
        using var killed = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, killed.Token);
        while (!ending.IsCancellationRequested)
        {
            loops.Started(id);
            try
            {
                var reached = MemberMedium.Of(connector, Options, clock, loggers);
                await using var medium = kill is null ? reached : new SeveredMedium(reached, killed.Token);
                await new Drone(OptionsOf(id, names, medium, WorkersOf(id, kill, killed)) with { Abandoned = killed.Token }).RunAsync(ending.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (!ending.IsCancellationRequested)
            {
                HostingLog.DroneFailed(loggers.CreateLogger<DroneService>(), id, e);
                loops.HasFailed(id, e.Message);
                await Task.Delay(BeforeAnotherLife, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        loops.Ended(id);
    }

    private ITestWorkerFactory WorkersOf(string id, DroneKill? kill, CancellationTokenSource killed)
    {
        var workers = DroneWorkers.Of(Options, connector.IsOpen, MemberPackages.Of(Options, Options.SeparateCaches ? id : null), clock, loggers);
        return kill is null ? workers : new DoomedWorkerFactory(workers, kill.At, clock, () =>
        {
            HostingLog.DroneKilled(loggers.CreateLogger<DroneService>(), id, kill.At);
            killed.Cancel();
        });
    }

    private DroneOptions OptionsOf(string id, SwarmNames names, ISwarmMedium medium, ITestWorkerFactory workers) => new()
    {
        Drone = id,
        Host = Environment.MachineName,
        Names = names,
        Medium = medium,
        Workers = workers,
        Policy = (connector.IsOpen || Options.AllowedPackages.Count > 0 ? new DronePolicy([.. Options.AllowedPackages]) : DronePolicy.Any) with
        {
            AllowedTargets = new([.. Options.AllowedTargets]),
        },
        Clock = clock,
        Life = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
        Logger = loggers.CreateLogger<Drone>(),
    };
}
