using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orca.Hosting.Media;
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
        var names = connector.NamesOf(Options.Swarm);
        var name = MemberPackages.TextOf(Options.Name);
        var single = name is not null && Options.Drones == 1 && connector.IsOpen;
        name ??= $"{Environment.MachineName}-{Environment.ProcessId}";
        await Task.WhenAll(Enumerable.Range(1, Options.Drones)
            .Select(number => Task.Run(() => LiveAsync(single ? name : $"{name}-{number}", names, stoppingToken), CancellationToken.None))).ConfigureAwait(false);
    }

    // A drone outlives whatever happens to it: where its loop fails, it begins another life.
    private async Task LiveAsync(string id, SwarmNames names, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            loops.Started(id);
            try
            {
                await using var medium = MemberMedium.Of(connector, Options, clock, loggers);
                await new Drone(OptionsOf(id, names, medium)).RunAsync(ct).ConfigureAwait(false);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                HostingLog.DroneFailed(loggers.CreateLogger<DroneService>(), id, e);
                loops.HasFailed(id, e.Message);
                await Task.Delay(BeforeAnotherLife, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        loops.Ended(id);
    }

    private DroneOptions OptionsOf(string id, SwarmNames names, ISwarmMedium medium) => new()
    {
        Drone = id,
        Host = Environment.MachineName,
        Names = names,
        Medium = medium,
        Workers = new InProcessWorkerFactory(new InProcessWorkerOptions
        {
            Packages = MemberPackages.Of(Options, Options.SeparateCaches ? id : null),
            Secrets = Options.Secrets.AsReadOnly(),
            Clock = clock,
            Loggers = loggers,
        }),
        Policy = connector.IsOpen || Options.AllowedPackages.Count > 0 ? new DronePolicy([.. Options.AllowedPackages]) : DronePolicy.Any,
        Clock = clock,
        Life = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
        Logger = loggers.CreateLogger<Drone>(),
    };
}
