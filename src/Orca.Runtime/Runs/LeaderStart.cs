using System.Collections.Immutable;
using Orca.Plans;
using Orca.Results;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>A leader's third phase: one member sets the swarm up, every member sets up, and whoever is armed in time starts at one instant.</summary>
internal sealed class LeaderStart(LedRun run)
{
    /// <summary>Ends when shares and start time are written; with a problem where too few are ready, or somebody has asked for a stop.</summary>
    public async Task<Problem?> StartAsync(CancellationToken ct)
    {
        if ((await SetUpSwarmAsync(ct) ?? await AwaitArmedAsync(ct)) is { } failure)
        {
            return failure;
        }

        var active = run.Active.ToList();
        var shares = active.Select((entry, rank) => new ShareEntry(entry.Member, 0, 0, SlotSet.ForRank(rank, active.Count).ToString()));
        var clock = await run.ReadClockAsync(ct);
        var ahead = run.Options.Drones is null ? RunTimings.StartAhead : RunTimings.StartAheadInProcess;
        var startTime = clock.At(run.Clock.GetTimestamp(), run.Clock) + ahead;
        await run.ChangeAsync(document => document with { Phase = RunPhase.Running, StartTime = startTime, Shares = [.. shares] }, ct);
        return null;
    }

    // Where the member that was asked fails, the next one is.
    private async Task<Problem?> SetUpSwarmAsync(CancellationToken ct)
    {
        var began = run.Clock.GetTimestamp();
        while (!run.Document.SwarmIsSetUp)
        {
            await run.ReadMembersAsync(ct);
            var record = run.Members.Find(run.Document.SwarmSetUpBy!)?.Record;
            if (record?.State == MemberState.SwarmSetUp)
            {
                var state = record.SwarmState ?? ImmutableSortedDictionary<string, string>.Empty;
                await run.ChangeAsync(document => document with { SwarmIsSetUp = true, SwarmState = state }, ct);
                break;
            }

            var overdue = run.Clock.GetElapsedTime(began) >= RunTimings.SwarmSetUp + RunTimings.LostAfter;
            if (await StopOrDropAsync(member => overdue && member.Field == run.Document.SwarmSetUpBy, ct) is { } failure)
            {
                return failure;
            }

            if (run.Active.All(entry => entry.Member != run.Document.SwarmSetUpBy))
            {
                began = run.Clock.GetTimestamp();
                var next = run.Active.First().Member;
                await run.ChangeAsync(document => document with { SwarmSetUpBy = next }, ct);
            }

            await run.Wake.WaitAsync(RunTimings.Poll, ct);
        }

        return null;
    }

    private async Task<Problem?> AwaitArmedAsync(CancellationToken ct)
    {
        var began = run.Clock.GetTimestamp();
        while (true)
        {
            await run.ReadMembersAsync(ct);
            var overdue = run.Clock.GetElapsedTime(began) >= run.Plan.SetUpTimeout + RunTimings.LostAfter;
            if (await StopOrDropAsync(member => overdue && member.Record.State != MemberState.Armed, ct) is { } failure)
            {
                return failure;
            }

            if (run.Active.All(entry => run.Members.Find(entry.Member)?.Record.State == MemberState.Armed))
            {
                return null;
            }

            await run.Wake.WaitAsync(RunTimings.Poll, ct);
        }
    }

    // Leaves out who has failed, is lost or is overdue; a problem where fewer than the quorum's minimum are left.
    private async Task<Problem?> StopOrDropAsync(Func<LeaderMember, bool> isOverdue, CancellationToken ct)
    {
        if (await run.Requests.ReadAsync(ct) is { } stop)
        {
            return stop.BeforeTheStart(run.Journal);
        }

        var dropped = run.Active.Select(entry => run.Members.Find(entry.Member)).OfType<LeaderMember>()
            .Where(member => member.Record.State == MemberState.Failed || run.IsLost(member) || isOverdue(member))
            .ToList();
        if (dropped.Count == 0)
        {
            return null;
        }

        foreach (var member in dropped)
        {
            LeaderLog.Dropped(run.Logger, run.RunId, member.Record.Drone, WhyDropped(member));
            run.Journal.Note(RunEventKind.DroneDropped, $"{member.Record.Drone} is left out: {WhyDropped(member)}", member.Record.Drone);
        }

        var fields = dropped.Select(member => member.Field).ToHashSet(StringComparer.Ordinal);
        var left = run.Active.Count() - dropped.Count;
        if (left < run.Plan.Quorum.Min)
        {
            return new Problem($"{left} of {run.Plan.Quorum.Min} drones are ready; left out: "
                + string.Join("; ", dropped.Select(member => $"{member.Record.Drone}: {WhyDropped(member)}")));
        }

        await run.ChangeAsync(
            document => document with
            {
                Roster = [.. document.Roster.Select(entry => fields.Contains(entry.Member) ? entry with { State = RosterState.Dropped } : entry)],
            },
            ct);
        return null;
    }

    private static string WhyDropped(LeaderMember member) => member.Record.Reason ?? "it was not ready in time";
}
