using System.Collections.Immutable;
using Orca.Measurement;
using Orca.Plans;
using Orca.Results;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>The story of one run, told by its leader: prepared, announced, started together, running, drained, completed.</summary>
internal sealed class LeaderRun
{
    private readonly LeaderOptions _options;
    private readonly PreparedRun _prepared;
    private readonly RunKeys _keys;
    private readonly Wake _wake;
    private readonly LeaderMembers _members;
    private readonly RunSinks _sinks;
    private readonly LeaderJournal _journal;
    private readonly LeaderDocument _document;
    private StopRequest? _stop;

    public LeaderRun(LeaderOptions options, PreparedRun prepared)
    {
        (_options, _prepared) = (options, prepared);
        _keys = options.Names.Run(options.RunId);
        _wake = new(options.Clock);
        _members = new(options, _keys);
        _sinks = new(options.Sinks, options.Clock);
        _journal = new(_sinks, options.Clock);
        _document = new(options, _keys, new RunDocument
        {
            Run = options.RunId,
            Fencing = 1,
            Number = 0,
            Leader = options.Leader,
            Phase = RunPhase.Preparing,
            Plan = PlanFile.Write(prepared.Plan),
            Lock = prepared.Lock,
        });
    }

    private RunPlan Plan => _prepared.Plan;

    private RunDocument Document => _document.Current;

    private IEnumerable<RosterEntry> Active => Document.Roster.Where(entry => entry.State == RosterState.Active);

    /// <summary>Asks for the load to be drained now; the run ends with what there is.</summary>
    /// <param name="reason">Who asks, and why.</param>
    /// <param name="interrupted">Whether it was Ctrl-C.</param>
    public void RequestStop(string reason, bool interrupted)
    {
        Interlocked.CompareExchange(ref _stop, new(reason, interrupted), null);
        _wake.Signal();
    }

    /// <summary>Leads the run to its end. Cancelling does not wait for anything; see <see cref="RequestStop"/> for the orderly way.</summary>
    public async Task<RunResult> RunAsync(CancellationToken ct)
    {
        await using var sinks = _sinks;
        if (await _sinks.CheckAsync(ct) is { } unusable)
        {
            return new(ExitCode.BadInput, null, [unusable]);
        }

        await using var wakeUps = await _options.Medium.SubscribeAsync(_keys.LeaderChannel, new WakeWriter(_wake), ct);

        // 1. Prepare: the lease, and the first run document.
        if (await TakeLeadAsync(ct) is { } taken)
        {
            return new(ExitCode.Aborted, null, [taken]);
        }

        await using var lead = new OwnedLoop(KeepLeadAsync);
        foreach (var warning in _prepared.Warnings)
        {
            LeaderLog.Warned(_options.Logger, _options.RunId, warning);
            _journal.Note(RunEventKind.Warning, warning);
        }

        // 2. Announce, until the quorum has joined.
        // 3. Start: roster, the swarm's set-up, every member's set-up, then one instant for all.
        var failure = await AnnounceAsync(ct) ?? await CloseRosterAsync(ct) ?? await SetUpSwarmAsync(ct) ?? await AwaitArmedAsync(ct);
        if (failure is not null)
        {
            return await AbortAsync(failure, ct);
        }

        var clock = await ReadClockAsync(ct);
        var startTime = clock.At(_options.Clock.GetTimestamp(), _options.Clock) + RunTimings.StartAhead;
        var start = clock.TimestampOf(startTime, _options.Clock);
        if (await DealAndStartAsync(startTime, ct) is { } lost)
        {
            return new(ExitCode.Aborted, null, [lost]);
        }

        var started = Describe(startTime);
        var ledger = _journal.Open(started, start);
        _sinks.Begin(started);
        _journal.Note(RunEventKind.Phase, $"The load starts on {Active.Count()} drones.");

        // 4. Running, then 5. drained: until every member's final snapshot is in.
        var ending = await new LeaderWatch(_options, _prepared, _keys, _members, _document, _journal, _sinks, ledger, _wake, start)
            .RunAsync(() => _stop, ct);

        // 6. Complete.
        await NoteFailuresAsync(ct);
        await TearDownSwarmAsync(ct);
        return await CompleteAsync(ledger.Complete(ending), RunPhase.Completed, ct);
    }

    private async Task<Problem?> TakeLeadAsync(CancellationToken ct)
    {
        var reply = await _options.Medium.TakeLeaseAsync(_keys.Lease, _options.Leader, RunTimings.LeaseTime, ct);
        if (!reply.Answered(out var mine))
        {
            return reply.Failure;
        }

        return mine
            ? await ChangeAsync(document => document with { Phase = RunPhase.Announcing }, ct)
            : new Problem($"Run {_options.RunId} has another leader.") { Advice = "Wait until it is gone, or start a new run." };
    }

    // The leader's own heartbeat and lease, never behind its work.
    private async Task KeepLeadAsync(CancellationToken ct)
    {
        var renewed = _options.Clock.GetTimestamp();
        for (var beat = 1L; ; beat++)
        {
            await _options.Medium.BeatLeaderAsync(_keys, Document.Fencing, beat, ct);
            if (_options.Clock.GetElapsedTime(renewed) >= RunTimings.LeaseRenewal
                && (await _options.Medium.TakeLeaseAsync(_keys.Lease, _options.Leader, RunTimings.LeaseTime, ct)).Answered(out var mine)
                && mine)
            {
                renewed = _options.Clock.GetTimestamp();
            }

            await Task.Delay(RunTimings.Poll, _options.Clock, ct);
        }
    }

    // Ends with a problem where the quorum has not joined in time.
    private async Task<Problem?> AnnounceAsync(CancellationToken ct)
    {
        var root = _prepared.Lock.Root;
        var announcement = SwarmJson.Write(new Announcement
        {
            Run = _options.RunId,
            Package = root.Id,
            Version = root.Version,
            Lock = _prepared.Lock.Hash,
            Quorum = Plan.Quorum.Min,
        });
        var began = _options.Clock.GetTimestamp();
        long? announced = null;
        long? reached = null;
        while (true)
        {
            if (announced is not { } last || _options.Clock.GetElapsedTime(last) >= RunTimings.Poll)
            {
                announced = _options.Clock.GetTimestamp();
                await _options.Medium.PublishAsync(_options.Names.AnnounceChannel, announcement, ct);
            }

            await ReadMembersAsync(ct);
            var joined = Joined().Count;
            if (joined >= Plan.Quorum.Min)
            {
                reached ??= _options.Clock.GetTimestamp();
                if (joined >= Plan.Quorum.Max || _options.Clock.GetElapsedTime(reached.Value) >= Plan.Quorum.Wait)
                {
                    return null;
                }
            }

            if (_stop is { } stop)
            {
                return new Problem($"The run was stopped before it started: {stop.Reason}");
            }

            if (_options.Clock.GetElapsedTime(began) >= Plan.JoinTimeout)
            {
                return NoQuorum();
            }

            await _wake.WaitAsync(RunTimings.Poll, ct);
        }
    }

    private Problem NoQuorum()
    {
        var joined = Joined().Select(member => member.Record.Drone).Order(StringComparer.Ordinal).ToList();
        var declined = _members.All.Where(member => member.Record.State == MemberState.Declined).ToList();
        return new Problem(
            $"{joined.Count} of {Plan.Quorum.Min} drones joined within {Plan.JoinTimeout.TotalSeconds:0} s"
            + (joined.Count > 0 ? $" ({string.Join(", ", joined)})" : "")
            + (declined.Count == 0
                ? "; none declined."
                : "; declined: " + string.Join("; ", declined.Select(member => $"{member.Record.Drone}: {member.Record.Reason}"))))
        {
            Advice = "Start more drones in this swarm, see to it that they may load the package, or lower the quorum.",
        };
    }

    private List<LeaderMember> Joined() =>
        [.. _members.All.Where(member => member.Record.State == MemberState.Joined && _members.SeenWithin(member, RunTimings.SeenWithin))];

    private Task<Problem?> CloseRosterAsync(CancellationToken ct)
    {
        var roster = Joined()
            .OrderBy(member => member.Record.Drone, StringComparer.Ordinal)
            .Take(Plan.Quorum.Max)
            .Select((member, index) => new RosterEntry(member.Record.Drone, member.Record.Incarnation, member.Record.Host, index, RosterState.Active))
            .ToImmutableArray();
        return ChangeAsync(document => document with { Phase = RunPhase.Starting, Roster = roster, SwarmSetUpBy = roster[0].Member }, ct);
    }

    // One member sets the swarm up; where it fails, the next one is asked.
    private async Task<Problem?> SetUpSwarmAsync(CancellationToken ct)
    {
        var began = _options.Clock.GetTimestamp();
        while (true)
        {
            await ReadMembersAsync(ct);
            var record = _members.Find(Document.SwarmSetUpBy!)?.Record;
            if (record?.State == MemberState.SwarmSetUp)
            {
                var state = record.SwarmState ?? ImmutableSortedDictionary<string, string>.Empty;
                return await ChangeAsync(document => document with { SwarmIsSetUp = true, SwarmState = state }, ct);
            }

            var overdue = _options.Clock.GetElapsedTime(began) >= RunTimings.SwarmSetUp + RunTimings.LostAfter;
            if (await DropAsync(member => member.Record.State == MemberState.Failed || IsLost(member) || (overdue && member.Field == Document.SwarmSetUpBy), ct) is { } failure)
            {
                return failure;
            }

            if (Active.All(entry => entry.Member != Document.SwarmSetUpBy))
            {
                began = _options.Clock.GetTimestamp();
                var next = Active.First().Member;
                if (await ChangeAsync(document => document with { SwarmSetUpBy = next }, ct) is { } lost)
                {
                    return lost;
                }
            }

            await _wake.WaitAsync(RunTimings.Poll, ct);
        }
    }

    private async Task<Problem?> AwaitArmedAsync(CancellationToken ct)
    {
        var began = _options.Clock.GetTimestamp();
        while (true)
        {
            await ReadMembersAsync(ct);
            var overdue = _options.Clock.GetElapsedTime(began) >= Plan.SetUpTimeout + RunTimings.LostAfter;
            if (await DropAsync(member => member.Record.State == MemberState.Failed || IsLost(member) || (overdue && member.Record.State != MemberState.Armed), ct) is { } failure)
            {
                return failure;
            }

            if (Active.All(entry => _members.Find(entry.Member)?.Record.State == MemberState.Armed))
            {
                return null;
            }

            if (_stop is { } stop)
            {
                return new Problem($"The run was stopped before it started: {stop.Reason}");
            }

            await _wake.WaitAsync(RunTimings.Poll, ct);
        }
    }

    // Leaves out whom the predicate names; a problem where fewer than the quorum's minimum are left.
    private async Task<Problem?> DropAsync(Func<LeaderMember, bool> drop, CancellationToken ct)
    {
        var dropped = Active.Select(entry => _members.Find(entry.Member)!).Where(drop).ToList();
        if (dropped.Count == 0)
        {
            return null;
        }

        foreach (var member in dropped)
        {
            var reason = member.Record.Reason ?? "it was not ready in time";
            LeaderLog.Dropped(_options.Logger, _options.RunId, member.Record.Drone, reason);
            _journal.Note(RunEventKind.DroneDropped, $"{member.Record.Drone} is left out: {reason}", member.Record.Drone);
        }

        var fields = dropped.Select(member => member.Field).ToHashSet(StringComparer.Ordinal);
        var left = Active.Count() - dropped.Count;
        if (left < Plan.Quorum.Min)
        {
            return new Problem($"{left} of {Plan.Quorum.Min} drones are ready; left out: "
                + string.Join("; ", dropped.Select(member => $"{member.Record.Drone}: {member.Record.Reason ?? "it was not ready in time"}")));
        }

        return await ChangeAsync(
            document => document with
            {
                Roster = [.. document.Roster.Select(entry => fields.Contains(entry.Member) ? entry with { State = RosterState.Dropped } : entry)],
            },
            ct);
    }

    private bool IsLost(LeaderMember member) => !_members.SeenWithin(member, RunTimings.LostAfter);

    private async Task<SwarmClock> ReadClockAsync(CancellationToken ct)
    {
        while (true)
        {
            var reply = await SwarmClock.ReadAsync(_options.Medium, _options.Clock, ct);
            if (reply.Answered(out var clock))
            {
                return clock;
            }

            LeaderLog.MediumAway(_options.Logger, _options.RunId, reply.Failure!);
            await Task.Delay(RunTimings.HeartbeatPeriod, _options.Clock, ct);
        }
    }

    private Task<Problem?> DealAndStartAsync(DateTimeOffset startTime, CancellationToken ct)
    {
        var active = Active.ToList();
        var shares = active.Select((entry, rank) => new ShareEntry(entry.Member, 0, 0, SlotSet.ForRank(rank, active.Count).ToString()));
        return ChangeAsync(document => document with { Phase = RunPhase.Running, StartTime = startTime, Shares = [.. shares] }, ct);
    }

    private RunStarted Describe(DateTimeOffset startTime) => new()
    {
        RunId = _options.RunId,
        Swarm = _options.Names.Swarm,
        Plan = Plan,
        Packages = [.. _prepared.Lock.Packages.Select(package => new ReportedPackage(package.Id, package.Version, package.Sha512))],
        Drones = [.. Active.Select((entry, rank) => new ReportedDrone(entry.Drone, entry.Incarnation, rank, entry.Host))],
        StartTime = startTime,
    };

    // What failed once the load was over, such as a tear-down: the numbers stand, and the report tells.
    private async Task NoteFailuresAsync(CancellationToken ct)
    {
        await ReadMembersAsync(ct);
        foreach (var record in Active.Select(entry => _members.Find(entry.Member)!.Record).Where(record => record is { State: MemberState.Finished, Reason: not null }))
        {
            LeaderLog.EndedBadly(_options.Logger, _options.RunId, record.Drone, record.Reason!);
            _journal.Note(RunEventKind.DroneFailed, $"{record.Drone} did not end well: {record.Reason}", record.Drone);
        }
    }

    private async Task TearDownSwarmAsync(CancellationToken ct)
    {
        var member = _members.Find(Document.SwarmSetUpBy!);
        if (member is not { Record.SwarmHasSetUp: true })
        {
            return;
        }

        await ChangeAsync(document => document with { SwarmTearsDown = true }, ct);
        var began = _options.Clock.GetTimestamp();
        while (member.Record.State != MemberState.SwarmTornDown && !IsLost(member) && _options.Clock.GetElapsedTime(began) < Plan.Grace)
        {
            await _wake.WaitAsync(RunTimings.Poll, ct);
            await ReadMembersAsync(ct);
        }

        if (member.Record.State != MemberState.SwarmTornDown || member.Record.Reason is not null)
        {
            _journal.Note(RunEventKind.Warning, $"The swarm's tear-down was not done: {member.Record.Reason ?? "no answer"}", member.Record.Drone);
        }
    }

    private async Task<RunResult> AbortAsync(Problem failure, CancellationToken ct)
    {
        var now = _options.Clock.GetUtcNow();
        var ledger = _journal.Open(Describe(now), start: null);
        var report = ledger.Complete(new RunEnding { EndTime = now, RunTime = TimeSpan.Zero, Aborted = failure, Interrupted = _stop?.Interrupted ?? false });
        return await CompleteAsync(report, RunPhase.Aborted, ct, failure);
    }

    // The report is on disk before the members are let go; the other sinks are drained after it.
    private async Task<RunResult> CompleteAsync(RunReport report, RunPhase phase, CancellationToken ct, Problem? failure = null)
    {
        (report, var unstored) = await _sinks.StoreAsync(report, ct);
        await ChangeAsync(document => document with { Phase = phase, Reason = failure?.What }, ct);
        await _options.Medium.ReleaseLeaseAsync(_keys.Lease, _options.Leader, ct);
        var unsunk = await _sinks.EndAsync(report, RunTimings.SinkWait, ct);
        LeaderLog.Ended(_options.Logger, _options.RunId, report.Verdict);
        return new(report.ExitCode, report, [.. failure is null ? [] : (Problem[])[failure], .. unstored, .. unsunk]);
    }

    private Task<Problem?> ChangeAsync(Func<RunDocument, RunDocument> change, CancellationToken ct) => _document.ChangeAsync(change, ct);

    private async Task ReadMembersAsync(CancellationToken ct)
    {
        foreach (var member in await _members.ReadAsync(ct) ?? [])
        {
            var record = member.Record;
            if (record.State == MemberState.Joined)
            {
                LeaderLog.Joined(_options.Logger, _options.RunId, record.Drone, Joined().Count, Plan.Quorum.Min);
                _journal.Note(RunEventKind.DroneJoined, $"{record.Drone} joined.", record.Drone);
            }
            else if (record.State == MemberState.Declined)
            {
                LeaderLog.Declined(_options.Logger, _options.RunId, record.Drone, record.Reason ?? "");
                _journal.Note(RunEventKind.DroneDeclined, $"{record.Drone} declined: {record.Reason}", record.Drone);
            }
        }
    }
}
