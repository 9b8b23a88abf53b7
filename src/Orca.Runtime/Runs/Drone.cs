using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>A drone: says that it is there, waits for a run to be announced, takes part, and waits again.</summary>
internal sealed class Drone(DroneOptions options)
{
    private readonly HashSet<string> _considered = new(StringComparer.Ordinal);
    private readonly Wake _announced = new(options.Clock);
    private readonly UnacknowledgedFinals _unacknowledged = new(options);
    private readonly DateTimeOffset _since = options.Clock.GetUtcNow();
    private string? _run;
    private long _beats;

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await using var announcements = await options.Medium.SubscribeAsync(options.Names.AnnounceChannel, new WakeWriter(_announced), ct);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var presence = ShowPresenceAsync(stopping.Token);
        DroneLog.Idle(options.Logger, options.Drone, options.Names.Swarm);
        try
        {
            while (true)
            {
                if (await FindAnnouncedRunAsync(ct) is { } document)
                {
                    _run = document.Run;
                    await new DroneRun(options, document, _unacknowledged).RunAsync(ct);
                    _run = null;
                    DroneLog.Idle(options.Logger, options.Drone, options.Names.Swarm);
                    continue;
                }

                await _unacknowledged.RepeatAsync(ct);
                await _announced.WaitAsync(RunTimings.Poll, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            DroneLog.Stopped(options.Logger, options.Drone);
        }
        finally
        {
            stopping.Cancel();
            await presence;
        }
    }

    // The index is the truth; an announcement only wakes. A run is considered once.
    private async Task<RunDocument?> FindAnnouncedRunAsync(CancellationToken ct)
    {
        var reply = await options.Medium.ReadHashAsync(options.Names.Runs, ct);
        if (!reply.Answered(out var runs))
        {
            return null;
        }

        _considered.IntersectWith(runs.Keys);
        foreach (var (runId, json) in runs)
        {
            if (_considered.Contains(runId)
                || !SwarmJson.Read<RunIndexEntry>(json, RunIndexEntry.TypeName).TryGet(out var entry, out _)
                || entry.Phase != RunPhase.Announcing)
            {
                continue;
            }

            var stored = await options.Medium.ReadDocumentAsync(options.Names.Run(runId), ct);
            if (!stored.Answered(out var found) || found is null)
            {
                continue;
            }

            _considered.Add(runId);
            if (!RunDocumentCheck.Read(found).TryGet(out var document, out var problems))
            {
                DroneLog.DocumentRefused(options.Logger, options.Drone, runId, problems[0]);
            }
            else if (document.Phase == RunPhase.Announcing)
            {
                return document;
            }
        }

        return null;
    }

    private async Task ShowPresenceAsync(CancellationToken ct)
    {
        var version = typeof(Drone).Assembly.GetName().Version?.ToString(3) ?? "";
        try
        {
            while (true)
            {
                var presence = new Presence { Drone = options.Drone, Life = options.Life, Since = _since, Host = options.Host, Version = version, Counter = ++_beats, Run = _run };
                await options.Medium.WriteFieldAsync(options.Names.Drones, options.Drone, SwarmJson.Write(presence), ct);
                await Task.Delay(RunTimings.Poll, options.Clock, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await options.Medium.RemoveFieldAsync(options.Names.Drones, options.Drone, CancellationToken.None);
        }
    }
}
