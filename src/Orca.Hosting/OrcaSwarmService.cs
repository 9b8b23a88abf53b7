using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
    private readonly OrcaSwarmOptions _options = configured.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A second Ctrl-C does not wait.
        var presses = 0;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref presses) == 1)
            {
                run.Interrupt();
            }
            else
            {
                run.Abandon();
            }
        });
        await Task.Yield();
        OrcaRunResult result;
        try
        {
            result = await RunAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Abandoned.IsCancellationRequested || stoppingToken.IsCancellationRequested)
        {
            result = new(presses > 0 ? ExitCode.Interrupted : ExitCode.Aborted, null, [new("The run was given up before it had ended; what it measured is lost.")]);
        }
        catch (Exception e)
        {
            HostingLog.Broken(loggers.CreateLogger<OrcaSwarmService>(), e);
            result = new(ExitCode.Aborted, null, [new($"Orca itself failed: {e.Message}") { Advice = "The log has the details; please report them." }]);
        }

        run.Ended(result);
        lifetime.StopApplication();
    }

    private async Task<OrcaRunResult> RunAsync(CancellationToken stoppingToken)
    {
        var abandoned = run.Abandoned;
        var packages = Packages(_options.Cache ?? DefaultCache());
        var preparation = new RunPreparation(
            new PackageResolver(packages, clock),
            new PackageInstaller(packages),
            () => RandomNumberGenerator.GetInt32(int.MaxValue));
        if (!Request().TryGet(out var request, out var unusable)
            || !(await preparation.PrepareAsync(request, stoppingToken).ConfigureAwait(false)).TryGet(out var prepared, out unusable))
        {
            return new(ExitCode.BadInput, null, unusable);
        }

        SwarmNames.Of("", _options.Swarm).TryGet(out var names, out _);
        var store = new InMemorySwarmStore(clock);
        using var dismissed = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
        var drones = Enumerable.Range(1, _options.Drones)
            .Select(number => Task.Run(() => Drone($"drone-{number}", names!, store).RunAsync(dismissed.Token), CancellationToken.None))
            .ToList();
        try
        {
            return await LeadAsync(prepared, names!, store, stoppingToken, abandoned).ConfigureAwait(false);
        }
        finally
        {
            await dismissed.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(drones).ConfigureAwait(false);
        }
    }

    private async Task<OrcaRunResult> LeadAsync(PreparedRun prepared, SwarmNames names, InMemorySwarmStore store, CancellationToken stoppingToken, CancellationToken abandoned)
    {
        var runId = RunIds.New(clock, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        await using var medium = new InMemorySwarmMedium(store);
        var leader = new LeaderRun(
            new LeaderOptions
            {
                Leader = $"{Environment.MachineName}-{Environment.ProcessId}",
                RunId = runId,
                RunName = prepared.Plan.Name,
                Names = names,
                Medium = medium,
                Sinks = [ConsoleSink.ForStandardOutput(_options.Quiet), new FilesSink(_options.Out), .. sinks],
                Clock = clock,
                Logger = loggers.CreateLogger<LeaderRun>(),
            },
            prepared);
        run.Started(leader.RequestStop);
        await using var stopping = stoppingToken.Register(() => leader.RequestStop("the host stops", interrupted: false)).ConfigureAwait(false);
        var result = await leader.RunAsync(abandoned).ConfigureAwait(false);
        return new(result.ExitCode, result.Report, result.Problems);
    }

    private Drone Drone(string id, SwarmNames names, InMemorySwarmStore store)
    {
        var cache = _options.Cache ?? DefaultCache();
        var workers = new InProcessWorkerFactory(new InProcessWorkerOptions
        {
            Packages = Packages(_options.SeparateCaches ? Path.Combine(cache, id) : cache),
            Secrets = _options.Secrets.AsReadOnly(),
            Clock = clock,
            Loggers = loggers,
        });
        return new Drone(new DroneOptions
        {
            Drone = id,
            Host = Environment.MachineName,
            Names = names,
            Medium = new InMemorySwarmMedium(store),
            Workers = workers,
            Policy = DronePolicy.Any,
            Clock = clock,
            Life = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
            Logger = loggers.CreateLogger<Drone>(),
        });
    }

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
            Package = _options.Package is { } id ? new PackageRequest(id, _options.Version) : null,
            PlanFile = _options.Plan,
            Environment = _options.Environment,
            Overrides = overrides,
            Drones = _options.Drones,
        };
    }

    private PackageOptions Packages(string cache) => new()
    {
        ConfigurationRoot = Path.GetFullPath(_options.NuGetConfigRoot ?? Environment.CurrentDirectory),
        ExtraFeeds = [.. _options.Feeds],
        CacheFolder = Path.GetFullPath(cache),
    };

    private static string DefaultCache() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".orca", "packages");
}
