using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orca.Execution;
using Orca.Packages;
using Orca.Plans;
using Orca.Results;
using Orca.Results.Console;
using Orca.Results.Files;
using Orca.Runs;
using Orca.Runs.Workers;
using Orca.Swarm;
using Orca.Swarm.InMemory;

namespace Orca.Hosting;

/// <summary>Holds a leader and its drones: prepares the run, leads it, lets the drones go, stops the host.</summary>
internal sealed class OrcaSwarmService(
    IOptions<OrcaSwarmOptions> configured,
    IEnumerable<IRunSink> sinks,
    OrcaRun run,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers,
    TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan AfterAbandoning = TimeSpan.FromSeconds(5);

    private readonly OrcaSwarmOptions _options = configured.Value;
    private int _interrupts;

    /// <summary>Lets the run drain; past the host's shutdown time-out it is given up.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        run.Abandon();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(AfterAbandoning, clock, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // A host that stops before it has run the service still ends the run.
        run.Ended(GivenUp());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Profile == OrcaProfile.Performance)
        {
            PerformanceProfile.Enable();
        }

        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        await using var stopping = stoppingToken.Register(() => run.Stop("the host stops")).ConfigureAwait(false);
        run.Ended(await RunAsync().ConfigureAwait(false));
        lifetime.StopApplication();
    }

    // The first Ctrl-C drains, a second one does not wait.
    private void Interrupt(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _interrupts) == 1)
        {
            run.Stop(new StopRequest("Ctrl-C", Interrupted: true));
        }
        else
        {
            run.Abandon();
        }
    }

    private async Task<OrcaRunResult> RunAsync()
    {
        try
        {
            return await PrepareAndLeadAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Abandoned.IsCancellationRequested)
        {
            return GivenUp();
        }
        catch (OperationCanceledException) when (run.StopAsked is { } stop)
        {
            return new(StoppedCode(), null, [new($"The run was stopped before it started: {stop.Reason}")]);
        }
        catch (Exception e)
        {
            HostingLog.Broken(loggers.CreateLogger<OrcaSwarmService>(), e);
            return new(ExitCode.Aborted, null, [new($"Orca itself failed: {e.Message}") { Advice = "The log has the details; please report them." }]);
        }
    }

    private async Task<OrcaRunResult> PrepareAndLeadAsync()
    {
        var packages = Packages(CacheFolder);
        var preparation = new RunPreparation(
            new PackageResolver(packages, clock),
            new PackageInstaller(packages),
            () => RandomNumberGenerator.GetInt32(int.MaxValue));
        if (!SwarmNames.Of("", _options.Swarm).TryGet(out var names, out var unusable)
            || !Request().TryGet(out var request, out unusable)
            || !(await preparation.PrepareAsync(request, run.Stopping).ConfigureAwait(false)).TryGet(out var prepared, out unusable))
        {
            return new(ExitCode.BadInput, null, unusable);
        }

        var store = new InMemorySwarmStore(clock);
        using var dismissed = CancellationTokenSource.CreateLinkedTokenSource(run.Abandoned);
        var drones = Enumerable.Range(1, _options.Drones)
            .Select(number => Task.Run(() => RunDroneAsync($"drone-{number}", names, store, dismissed.Token), CancellationToken.None))
            .ToList();
        try
        {
            return await LeadAsync(prepared, names, store).ConfigureAwait(false);
        }
        finally
        {
            await dismissed.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(drones).ConfigureAwait(false);
        }
    }

    private async Task<OrcaRunResult> LeadAsync(PreparedRun prepared, SwarmNames names, InMemorySwarmStore store)
    {
        await using var medium = new InMemorySwarmMedium(store);
        var leader = new LeaderRun(
            new LeaderOptions
            {
                Leader = $"{Environment.MachineName}-{Environment.ProcessId}",
                RunId = RunIds.New(clock, new Random(RandomNumberGenerator.GetInt32(int.MaxValue))),
                RunName = prepared.Plan.Name,
                Names = names,
                Medium = medium,
                Sinks = [ConsoleSink.ForStandardOutput(_options.Quiet), new FilesSink(_options.Out), .. sinks],
                Clock = clock,
                Logger = loggers.CreateLogger<LeaderRun>(),
            },
            prepared);
        await using var stopping = run.Stopping.Register(() =>
        {
            if (run.StopAsked is { } stop)
            {
                leader.RequestStop(stop.Reason, stop.Interrupted);
            }
        }).ConfigureAwait(false);
        var result = await leader.RunAsync(run.Abandoned).ConfigureAwait(false);
        return new(result.ExitCode, result.Report, result.Problems);
    }

    private async Task RunDroneAsync(string id, SwarmNames names, InMemorySwarmStore store, CancellationToken ct)
    {
        await using var medium = new InMemorySwarmMedium(store);
        var drone = new Drone(new DroneOptions
        {
            Drone = id,
            Host = Environment.MachineName,
            Names = names,
            Medium = medium,
            Workers = new InProcessWorkerFactory(new InProcessWorkerOptions
            {
                Packages = Packages(_options.SeparateCaches ? Path.Combine(CacheFolder, id) : CacheFolder),
                Secrets = _options.Secrets.AsReadOnly(),
                Clock = clock,
                Loggers = loggers,
            }),
            Policy = DronePolicy.Any,
            Clock = clock,
            Life = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
            Logger = loggers.CreateLogger<Drone>(),
        });
        await drone.RunAsync(ct).ConfigureAwait(false);
    }

    private string CacheFolder => Path.GetFullPath(
        TextOf(_options.Cache) ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".orca", "packages"));

    private OrcaRunResult GivenUp() => new(StoppedCode(), null, [new("The run was given up before it had ended; what it measured is lost.")]);

    private int StoppedCode() => run.StopAsked is { Interrupted: true } ? ExitCode.Interrupted : ExitCode.Aborted;

    private Outcome<RunRequest> Request()
    {
        var overrides = new List<PlanLayer>();
        if (_options.Set.Count > 0)
        {
            if (!PlanLayer.FromSettings("settings", _options.Set.AsReadOnly()).TryGet(out var layer, out var problems))
            {
                return problems;
            }

            overrides.Add(layer);
        }

        return new RunRequest
        {
            Package = TextOf(_options.Package) is { } id ? new PackageRequest(id, TextOf(_options.Version)) : null,
            PlanFile = TextOf(_options.Plan),
            Environment = TextOf(_options.Environment),
            Overrides = overrides,
            Drones = _options.Drones,
        };
    }

    private PackageOptions Packages(string cache) => new()
    {
        ConfigurationRoot = Path.GetFullPath(TextOf(_options.NuGetConfigRoot) ?? Environment.CurrentDirectory),
        ExtraFeeds = [.. _options.Feeds],
        CacheFolder = cache,
    };

    // An option that configuration leaves empty is not set.
    private static string? TextOf(string? option) => string.IsNullOrWhiteSpace(option) ? null : option;
}
