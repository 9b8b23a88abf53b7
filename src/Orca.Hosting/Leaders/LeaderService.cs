using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orca.Hosting.Media;
using Orca.Hosting.Telemetry;
using Orca.Packages;
using Orca.Plans;
using Orca.Results;
using Orca.Results.Console;
using Orca.Results.Files;
using Orca.Runs;
using Orca.Swarm;

namespace Orca.Hosting.Leaders;

/// <summary>Holds this host's leader: prepares one run or takes one over, leads it, stops the host.</summary>
internal sealed class LeaderService(
    LeaderRole role,
    ISwarmConnector connector,
    IEnumerable<IRunSink> sinks,
    OrcaRun run,
    TelemetrySink telemetry,
    MemberLoops loops,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers,
    TimeProvider clock) : BackgroundService
{
    private const string Loop = "leader";

    private static readonly TimeSpan AfterAbandoning = TimeSpan.FromSeconds(5);

    private int _interrupts;

    private OrcaLeaderOptions Options => role.Options;

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
        using var interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);

        // Told by the host, not by its order of stopping: drones in the same host wait for the run to end.
        await using var stopping = lifetime.ApplicationStopping.Register(() => run.Stop("the host stops")).ConfigureAwait(false);
        loops.Started(Loop);
        run.Ended(await RunAsync().ConfigureAwait(false));
        loops.Ended(Loop);
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
            var names = connector.NamesOf(Options.Swarm);
            return Options.Mode == LeaderMode.Start
                ? await PrepareAndLeadAsync(names).ConfigureAwait(false)
                : await TakeOverAndLeadAsync(names).ConfigureAwait(false);
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
            HostingLog.Broken(loggers.CreateLogger<LeaderService>(), e);
            return new(ExitCode.Aborted, null, [new($"Orca itself failed: {e.Message}") { Advice = "The log has the details; please report them." }]);
        }
    }

    private async Task<OrcaRunResult> PrepareAndLeadAsync(SwarmNames names)
    {
        var packages = MemberPackages.Of(Options);
        var preparation = new RunPreparation(
            new PackageResolver(packages, clock),
            new PackageInstaller(packages),
            () => RandomNumberGenerator.GetInt32(int.MaxValue));
        if (!RunRequests.Of(Options, role.Drones).TryGet(out var request, out var unusable)
            || !(await preparation.PrepareAsync(request, run.Stopping).ConfigureAwait(false)).TryGet(out var prepared, out unusable))
        {
            return new(ExitCode.BadInput, null, unusable);
        }

        await using var medium = MemberMedium.Of(connector, Options, clock, loggers);
        var runId = MemberPackages.TextOf(Options.RunId) ?? RunIds.New(clock, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        return await LeadAsync(new LeaderRun(LeaderOptionsOf(runId, prepared.Plan.Name, names, medium), prepared)).ConfigureAwait(false);
    }

    private async Task<OrcaRunResult> TakeOverAndLeadAsync(SwarmNames names)
    {
        await using var medium = MemberMedium.Of(connector, Options, clock, loggers);
        var options = LeaderOptionsOf(Options.RunId!, Options.RunId!, names, medium);
        HostingLog.Waiting(loggers.CreateLogger<LeaderService>(), options.Leader, options.RunId);
        var candidate = new LeaderCandidate(options);
        if (!(await candidate.TakeOverAsync(Options.Mode == LeaderMode.StandBy, run.Stopping).ConfigureAwait(false)).TryGet(out var taken, out var problems))
        {
            return new(ExitCode.BadInput, null, problems);
        }

        return await LeadAsync(new LeaderRun(options with { RunName = taken.Prepared.Plan.Name }, taken)).ConfigureAwait(false);
    }

    private async Task<OrcaRunResult> LeadAsync(LeaderRun leader)
    {
        await using var stopping = run.Stopping.Register(() =>
        {
            if (run.StopAsked is { } stop)
            {
                leader.RequestStop(stop.Reason, stop.Interrupted);
            }
        }).ConfigureAwait(false);
        using var activity = OrcaTelemetry.Activities.StartActivity("orca.run");
        activity?.SetTag("orca.swarm", Options.Swarm);
        var result = await leader.RunAsync(run.Abandoned).ConfigureAwait(false);
        activity?.SetTag("orca.run.id", result.Report?.RunId);
        activity?.SetTag("orca.run.verdict", result.Report?.Verdict.ToString());
        activity?.SetStatus(result.ExitCode == ExitCode.Passed ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        return new(result.ExitCode, result.Report, result.Problems);
    }

    private LeaderOptions LeaderOptionsOf(string runId, string runName, SwarmNames names, ISwarmMedium medium) => new()
    {
        // Another one after a restart, even where the machine gives out the same process id.
        Leader = $"{Environment.MachineName}-{Environment.ProcessId}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(2))}",
        RunId = runId,
        RunName = runName,
        Names = names,
        Medium = medium,
        Drones = role.Drones,
        Sinks = [ConsoleSink.ForStandardOutput(Options.Quiet), new FilesSink(Options.Out), telemetry, .. sinks],
        Clock = clock,
        Logger = loggers.CreateLogger<LeaderRun>(),
    };

    private OrcaRunResult GivenUp() => new(StoppedCode(), null, [new("The run was given up before it had ended; what it measured is lost.")]);

    private int StoppedCode() => run.StopAsked is { Interrupted: true } ? ExitCode.Interrupted : ExitCode.Aborted;
}
