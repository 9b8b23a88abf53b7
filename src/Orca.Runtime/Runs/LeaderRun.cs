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
    private readonly LeaderLease _lease;
    private readonly LeaderDocument _document;
    private readonly bool _takesOver;
    private StopRequest? _stop;

    /// <summary>Leads a new run.</summary>
    public LeaderRun(LeaderOptions options, PreparedRun prepared)
        : this(options, prepared, new LeaderLease(options, options.Names.Run(options.RunId)), new RunDocument
        {
            Run = options.RunId,
            Fencing = 1,
            Number = 0,
            Leader = options.Leader,
            Phase = RunPhase.Preparing,
            Plan = PlanFile.Write(prepared.Plan),
            Lock = prepared.Lock,
        })
    {
    }

    /// <summary>Goes on with a run that has lost its leader.</summary>
    public LeaderRun(LeaderOptions options, TakenOverRun taken)
        : this(options, taken.Prepared, taken.Lease, taken.Document) => _takesOver = true;

    private LeaderRun(LeaderOptions options, PreparedRun prepared, LeaderLease lease, RunDocument document)
    {
        (_options, _prepared, _lease) = (options, prepared, lease);
        _keys = options.Names.Run(options.RunId);
        _wake = new(options.Clock);
        _members = new(options, _keys);
        _sinks = new(options.Sinks, options.Clock, options.Logger);
        _journal = new(options, _keys, _sinks);
        _document = new(options, _keys, lease, document);
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
        await using var archiving = _journal.BeginArchiving();
        if (await _sinks.CheckAsync(ct) is { } unusable)
        {
            return new(ExitCode.BadInput, null, [unusable]);
        }

        await using var wakeUps = await _options.Medium.SubscribeAsync(_keys.LeaderChannel, new WakeWriter(_wake), ct);
        try
        {
            return await LeadAsync(ct);
        }
        catch (SupersededException superseded)
        {
            return new(ExitCode.Aborted, null, [superseded.Problem]);
        }
    }

    // Each phase is entered where the document stands: one that took over goes on in the middle.
    private async Task<RunResult> LeadAsync(CancellationToken ct)
    {
        // 1. Prepare: the lease, and the first run document of this leader.
        if (await TakeLeadAsync(ct) is { } taken)
        {
            return new(ExitCode.Aborted, null, [taken]);
        }

        await using var pulse = new OwnedLoop(new LeaderPulse(_options, _keys, _lease, _document, _members, _wake).RunAsync);

        // 2. Announce, until the quorum has joined.
        if (Document.Phase == RunPhase.Announcing)
        {
            if (await AnnounceAsync(ct) is { } failure)
            {
                return await AbortAsync(failure, ct);
            }

            await CloseRosterAsync(ct);
        }

        // 3. Start: the swarm's set-up, every member's set-up, then one instant for all.
        if (Document.Phase == RunPhase.Starting)
        {
            if ((await SetUpSwarmAsync(ct) ?? await AwaitArmedAsync(ct)) is { } failure)
            {
                return await AbortAsync(failure, ct);
            }

            await DealAndStartAsync(ct);
        }

        var start = (await ReadClockAsync(ct)).TimestampOf(Document.StartTime!.Value, _options.Clock);
        var started = Describe(Document.StartTime.Value);
        var ledger = _journal.Open(started, start);
        _sinks.Begin(started);
        if (_takesOver)
        {
            await _journal.RestoreAsync(ct);
        }

        _journal.NoteEarly();
        _journal.Note(RunEventKind.Phase, _takesOver ? $"{_options.Leader} leads from here on." : $"The load starts on {Active.Count()} drones.");

        // 4. Running, then 5. drained: until every member's final snapshot is in.
        var ending = await new LeaderWatch(_options, _prepared, _keys, _members, _lease, _document, _journal, ledger, _wake, start)
            .RunAsync(() => _stop, ct);

        // 6. Complete.
        await NoteFailuresAsync(ct);
        await TearDownSwarmAsync(ct);
        return await CompleteAsync(ledger.Complete(ending), RunPhase.Completed, ct);
    }

    private async Task<Problem?> TakeLeadAsync(CancellationToken ct)
    {
        if (_takesOver)
        {
            _journal.Fencing = Document.Fencing;
            await ChangeAsync(document => document, ct);
            await ReadMembersAsync(ct);
            _members.Expect(Document.Roster);
            LeaderLog.TookOver(_options.Logger, _options.RunId, _options.Leader, Document.Fencing, Document.Phase);
            return null;
        }

        var began = _options.Clock.GetTimestamp();
        bool mine;
        while (await _lease.RenewAsync(ct) is var reply && !reply.Answered(out mine))
        {
            if (_options.Clock.GetElapsedTime(began) >= RunTimings.LeaseTrust)
            {
                return reply.Failure;
            }

            await Task.Delay(RunTimings.HeartbeatPeriod, _options.Clock, ct);
        }

        if (!mine)
        {
            return new Problem($"Run {_options.RunId} has another leader.") { Advice = "Wait until it is gone, or start a new run." };
        }

        await ChangeAsync(document => document with { Phase = RunPhase.Announcing }, ct);
        foreach (var warning in _prepared.Warnings)
        {
            LeaderLog.Warned(_options.Logger, _options.RunId, warning);
            _journal.Note(RunEventKind.Warning, warning);
        }

        return null;
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
        [.. _members.All.Where(member => member.Record.State == MemberState.Joined && !member.IsReplaced && _members.SeenWithin(member, RunTimings.SeenWithin))];

    private Task CloseRosterAsync(CancellationToken ct)
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
        while (!Document.SwarmIsSetUp)
        {
            await ReadMembersAsync(ct);
            var record = _members.Find(Document.SwarmSetUpBy!)?.Record;
            if (record?.State == MemberState.SwarmSetUp)
            {
                var state = record.SwarmState ?? ImmutableSortedDictionary<string, string>.Empty;
                await ChangeAsync(document => document with { SwarmIsSetUp = true, SwarmState = state }, ct);
                break;
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
                await ChangeAsync(document => document with { SwarmSetUpBy = next }, ct);
            }

            await _wake.WaitAsync(RunTimings.Poll, ct);
        }

        return null;
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
        var dropped = Active.Select(entry => _members.Find(entry.Member)).OfType<LeaderMember>().Where(drop).ToList();
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

        await ChangeAsync(
            document => document with
            {
                Roster = [.. document.Roster.Select(entry => fields.Contains(entry.Member) ? entry with { State = RosterState.Dropped } : entry)],
            },
            ct);
        return null;
    }

    private bool IsLost(LeaderMember member) => member.IsReplaced || !_members.SeenWithin(member, RunTimings.LostAfter);

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

    private async Task DealAndStartAsync(CancellationToken ct)
    {
        var active = Active.ToList();
        var shares = active.Select((entry, rank) => new ShareEntry(entry.Member, 0, 0, SlotSet.ForRank(rank, active.Count).ToString()));
        var clock = await ReadClockAsync(ct);
        var startTime = clock.At(_options.Clock.GetTimestamp(), _options.Clock) + RunTimings.StartAhead;
        await ChangeAsync(document => document with { Phase = RunPhase.Running, StartTime = startTime, Shares = [.. shares] }, ct);
    }

    private RunStarted Describe(DateTimeOffset startTime) => new()
    {
        RunId = _options.RunId,
        Swarm = _options.Names.Swarm,
        Plan = Plan,
        Packages = [.. _prepared.Lock.Packages.Select(package => new ReportedPackage(package.Id, package.Version, package.Sha512))],
        Drones = [.. Document.Roster.Where(entry => entry.State != RosterState.Dropped).Select((entry, rank) => new ReportedDrone(entry.Drone, entry.Incarnation, rank, entry.Host))],
        StartTime = startTime,
    };

    // What failed once the load was over, such as a tear-down: the numbers stand, and the report tells.
    private async Task NoteFailuresAsync(CancellationToken ct)
    {
        await ReadMembersAsync(ct);
        foreach (var entry in Active)
        {
            if (_members.Find(entry.Member)?.Record is { State: MemberState.Finished, Reason: { } reason })
            {
                LeaderLog.EndedBadly(_options.Logger, _options.RunId, entry.Drone, reason);
                _journal.Note(RunEventKind.DroneFailed, $"{entry.Drone} did not end well: {reason}", entry.Drone);
            }
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
        _journal.NoteEarly();
        var report = ledger.Complete(new RunEnding { EndTime = now, RunTime = TimeSpan.Zero, Aborted = failure, Interrupted = _stop?.Interrupted ?? false });
        return await CompleteAsync(report, RunPhase.Aborted, ct, failure);
    }

    // The report is on disk before the members are let go; the other sinks are drained after it.
    private async Task<RunResult> CompleteAsync(RunReport report, RunPhase phase, CancellationToken ct, Problem? failure = null)
    {
        (report, var unstored) = await _sinks.StoreAsync(report, ct);
        await ChangeAsync(document => document with { Phase = phase, Reason = failure?.What }, ct);
        await _lease.ReleaseAsync(ct);
        _journal.CloseRest();
        var unsunk = await _sinks.EndAsync(report, RunTimings.SinkWait, ct);
        LeaderLog.Ended(_options.Logger, _options.RunId, report.Verdict);
        return new(report.ExitCode, _sinks.Counted(report), [.. failure is null ? [] : (Problem[])[failure], .. unstored, .. unsunk]);
    }

    private Task ChangeAsync(Func<RunDocument, RunDocument> change, CancellationToken ct) => _document.ChangeAsync(change, ct);

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
