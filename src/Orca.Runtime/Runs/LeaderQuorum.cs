using System.Collections.Immutable;
using Orca.Results;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>A leader's second phase: the run is announced once a second until the quorum has joined, then the roster is closed.</summary>
internal sealed class LeaderQuorum(LedRun run)
{
    /// <summary>Ends when the roster is closed; with a problem where the quorum has not joined in time, or somebody has asked for a stop.</summary>
    public async Task<Problem?> GatherAsync(CancellationToken ct)
    {
        if (await AnnounceAsync(ct) is { } failure)
        {
            return failure;
        }

        var roster = run.Joined()
            .OrderBy(member => member.Record.Drone, StringComparer.Ordinal)
            .Take(run.Plan.Quorum.Max)
            .Select((member, index) => new RosterEntry(member.Record.Drone, member.Record.Incarnation, member.Record.Host, index, RosterState.Active))
            .ToImmutableArray();
        await run.ChangeAsync(document => document with { Phase = RunPhase.Starting, Roster = roster, SwarmSetUpBy = roster[0].Member }, ct);
        return null;
    }

    private async Task<Problem?> AnnounceAsync(CancellationToken ct)
    {
        var announcement = Announcement();
        var began = run.Clock.GetTimestamp();
        long? announced = null;
        long? reached = null;
        while (true)
        {
            if (announced is not { } last || run.Clock.GetElapsedTime(last) >= RunTimings.Poll)
            {
                announced = run.Clock.GetTimestamp();
                await run.Options.Medium.PublishAsync(run.Options.Names.AnnounceChannel, announcement, ct);
            }

            if (await run.Requests.ReadAsync(ct) is { } stop)
            {
                return stop.BeforeTheStart(run.Journal);
            }

            await run.ReadMembersAsync(ct);
            var joined = run.Joined().Count;
            var isAll = run.Options.Drones is { } drones && joined + Declined().Count >= drones;
            if (joined >= run.Plan.Quorum.Min)
            {
                reached ??= run.Clock.GetTimestamp();
                if (joined >= run.Plan.Quorum.Max || isAll || run.Clock.GetElapsedTime(reached.Value) >= run.Plan.Quorum.Wait)
                {
                    return null;
                }
            }
            else if (isAll)
            {
                return NoQuorum(", and there are no others");
            }
            else if (run.Clock.GetElapsedTime(began) >= run.Plan.JoinTimeout)
            {
                return NoQuorum($" within {run.Plan.JoinTimeout.TotalSeconds:0} s");
            }

            await run.Wake.WaitAsync(RunTimings.Poll, ct);
        }
    }

    private ReadOnlyMemory<byte> Announcement()
    {
        var root = run.Prepared.Lock.Root;
        return SwarmJson.Write(new Announcement
        {
            Run = run.RunId,
            Package = root.Id,
            Version = root.Version,
            Lock = run.Prepared.Lock.Hash,
            Quorum = run.Plan.Quorum.Min,
        });
    }

    private List<LeaderMember> Declined() => [.. run.Members.All.Where(member => member.Record.State == MemberState.Declined)];

    private Problem NoQuorum(string when)
    {
        var joined = run.Joined().Select(member => member.Record.Drone).Order(StringComparer.Ordinal).ToList();
        var declined = Declined();
        return new Problem(
            $"{joined.Count} of {run.Plan.Quorum.Min} drones joined{when}"
            + (joined.Count > 0 ? $" ({string.Join(", ", joined)})" : "")
            + (declined.Count == 0
                ? "; none declined."
                : "; declined: " + string.Join("; ", declined.Select(member => $"{member.Record.Drone}: {member.Record.Reason}"))))
        {
            Advice = "Start more drones in this swarm, see to it that they may load the package, or lower the quorum.",
        };
    }
}
