using System.Collections.Immutable;
using Orca.Plans;
using Orca.Results;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>Who is lost while the load runs, and who has their slots from then on.</summary>
/// <remarks>
/// Silence is believed where it can be: a lost drone's right to load is over 4 s after its last heartbeat, which the leader has seen, so the others
/// may load 5 s after that. Where somebody may have put an old heartbeat in the place of newer ones, it proves nothing: then the drone is declared
/// lost first, and 4 s after the medium has taken that it has no right any more, whatever it was answered before.
/// </remarks>
internal sealed class LeaderLosses(LedRun run, long start)
{
    private bool _owes = run.TakesOver;

    private RunDocument Document => run.Document;

    private TimeSpan RunTime => run.Clock.GetElapsedTime(start);

    private bool Redistributes => run.Plan.OnDroneLost == LostDronePolicy.Redistribute;

    /// <summary>Declares lost who is, and deals out what was theirs; the answer is why the load is to end, or null.</summary>
    public async Task<string?> SeeAsync(CancellationToken ct)
    {
        // A leader before may have declared a drone lost, and come no further.
        if (_owes)
        {
            _owes = false;
            await DealUndealtAsync(ct);
        }

        var lost = run.Active.Select(entry => run.Members.Find(entry.Member)).OfType<LeaderMember>().Where(IsLost).ToList();
        if (lost.Count == 0)
        {
            return null;
        }

        var fields = lost.Select(member => member.Field).ToHashSet(StringComparer.Ordinal);
        var left = run.Active.Where(entry => !fields.Contains(entry.Member)).ToList();
        var dealsNow = Redistributes && left.Count > 0 && !lost.Exists(member => IsSilent(member) && ProvesNothing(member));
        var (shares, claims) = dealsNow ? Redeal(lost, left) : (Document.Shares, Document.LostClaims);

        var claimed = Document.LostClaims.Length;

        // Whoever comes back in the last moment keeps its place: it holds the right to load again.
        var declared = await run.ChangeAsync(
            changed => changed with
            {
                Shares = shares,
                LostClaims = claims,
                Roster = [.. changed.Roster.Select(entry => fields.Contains(entry.Member) ? entry with { State = RosterState.Lost } : entry)],
            },
            [.. lost.Where(member => !member.Record.Leaves).Select(member => new SilentMember(member.Field, member.Heartbeat))],
            ct);
        if (!declared)
        {
            return null;
        }

        lost.ForEach(Tell);
        if (dealsNow)
        {
            TellOfEpoch(left.Count, claims.Skip(claimed), string.Join(", ", lost.Select(member => member.Record.Drone)));
        }
        else
        {
            await DealUndealtAsync(ct);
        }

        var fate = $"{lost[0].Record.Drone} {Fate(lost[0])}";
        return left.Count == 0 ? $"Every drone is lost: {fate}."
            : run.Plan.OnDroneLost == LostDronePolicy.Abort ? $"{fate}, and the plan says onDroneLost: abort."
            : null;
    }

    private bool IsLost(LeaderMember member) => IsLeaving(member) || (!member.Final && (HasFailed(member) || run.IsLost(member)));

    private bool IsLeaving(LeaderMember member) =>
        member.Record.Leaves && Document.Ended is null && RunTime < run.Plan.Duration;

    // Its test's process broke down. Nothing loads there any more, and the drone itself is well.
    private static bool HasFailed(LeaderMember member) => member.Record.State == MemberState.Failed;

    private static bool IsSilent(LeaderMember member) => !HasFailed(member) && !member.Record.Leaves;

    private bool ProvesNothing(LeaderMember member) => run.Options.Medium.IsSealed || !member.HeartbeatIsNewest;

    private static string Fate(LeaderMember member) =>
        HasFailed(member) ? $"failed: {member.Record.Reason?.TrimEnd('.')}" : member.IsReplaced ? "was restarted" : "is lost";

    private void Tell(LeaderMember member)
    {
        var drone = member.Record.Drone;
        if (member.Record.Leaves)
        {
            LeaderLog.Left(run.Logger, run.RunId, drone);
            run.Journal.Note(RunEventKind.DroneLost, $"{drone} leaves: it was asked to stop.", drone);
        }
        else
        {
            LeaderLog.Lost(run.Logger, run.RunId, drone, run.Clock.GetElapsedTime(member.Seen).TotalSeconds);
            run.Journal.Note(RunEventKind.DroneLost, $"{drone} {Fate(member)}.", drone);
        }
    }

    private void TellOfEpoch(int drones, IEnumerable<ClaimEntry> claims, string who)
    {
        var newest = Document.Shares[^1];
        LeaderLog.Dealt(run.Logger, run.RunId, drones, newest.FromMs / 1000, newest.Epoch);
        run.Journal.Note(RunEventKind.EpochChanged, $"The lost slots go to {(drones == 1 ? "1 drone" : $"{drones} drones")} from run time {newest.FromMs / 1000:0.0} s on (epoch {newest.Epoch}).");
        foreach (var gap in LostClaims.Tell(claims, run.Plan, who))
        {
            run.Journal.Note(RunEventKind.Warning, gap);
        }
    }

    // They take effect when the lost right to load is surely over.
    private (ImmutableArray<ShareEntry> Shares, ImmutableArray<ClaimEntry> LostClaims) Redeal(List<LeaderMember> lost, List<RosterEntry> left)
    {
        // Who leaves, or whose worker has failed, has stopped by itself.
        var rightIsOver = lost.Where(IsSilent)
            .Select(member => run.Clock.GetElapsedTime(start, member.Seen) + RunTimings.LostAfter)
            .DefaultIfEmpty(RunTime)
            .Max();
        var from = (RunTime > rightIsOver ? RunTime : rightIsOver) + RunTimings.RedealDelay;
        var newest = NewestSlots();
        return Deal(
            lost.Select(member => newest[member.Field]).Aggregate((all, more) => all.Union(more)),
            left,
            from,
            lost.SelectMany(member => LostClaims.Of(member, newest[member.Field], run.Plan, from, isSealed: run.Options.Medium.IsSealed)));
    }

    // All slots of members declared lost that nobody has. The medium holds that declaration, so that none of them gets a new right from now on.
    private async Task DealUndealtAsync(CancellationToken ct)
    {
        var left = run.Active.ToList();
        if (!Redistributes || left.Count == 0 || Document.Ended is not null || RunTime >= run.Plan.Duration)
        {
            return;
        }

        var newest = NewestSlots();
        var held = left.Select(entry => newest[entry.Member]).Aggregate((all, more) => all.Union(more));
        var slots = SlotSet.Of(held.Total, Enumerable.Range(0, held.Total)).Except(held);
        if (slots.Count > 0)
        {
            var from = RunTime + RunTimings.LostAfter;
            ClaimEntry[] unknown = [.. LostClaims.All(slots, run.Plan, from)];
            var (shares, claims) = Deal(slots, left, from, unknown);
            await run.ChangeAsync(changed => changed with { Shares = shares, LostClaims = claims }, ct);
            TellOfEpoch(left.Count, unknown, "Who was lost");
        }
    }

    private Dictionary<string, SlotSet> NewestSlots() =>
        Document.Shares.GroupBy(entry => entry.Member).ToDictionary(group => group.Key, group => SlotSet.Parse(group.Last().Slots));

    // Only the lost slots are dealt out: nobody else's users move.
    private (ImmutableArray<ShareEntry> Shares, ImmutableArray<ClaimEntry> LostClaims) Deal(
        SlotSet slots, List<RosterEntry> left, TimeSpan from, IEnumerable<ClaimEntry> claims)
    {
        var newest = NewestSlots();
        var epoch = Document.Shares.Max(entry => entry.Epoch) + 1;
        var parts = slots.Deal(left.Count);
        return (
            [
                .. Document.Shares,
                .. left.Select((entry, i) => new ShareEntry(entry.Member, epoch, Math.Max(0, from.TotalMilliseconds), newest[entry.Member].Union(parts[i]).ToString())),
            ],
            [.. Document.LostClaims, .. claims]);
    }
}
