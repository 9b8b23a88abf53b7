using System.Collections.Immutable;
using Orca.Plans;
using Orca.Runs.Workers;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>A drone's part in one run as the swarm sees it: its record, its heartbeat, the run document that it follows, its right to load.</summary>
internal sealed class RunMembership
{
    private const int BeatsForEachRecord = 10;
    private readonly DroneOptions _options;
    private readonly RunKeys _keys;
    private readonly Wake _beatNow;
    private readonly string _incarnation;
    private readonly Lock _lock = new();
    private volatile RunDocument _document;
    private volatile bool _loading;
    private DocumentVersion _refused;
    private MemberRecord? _shown;
    private ITestWorker? _worker;
    private volatile WorkAhead _ahead = WorkAhead.None;
    private long _beats;
    private LeaderHeartbeat? _leader;
    private long _leaderSeen;

    public RunMembership(DroneOptions options, RunKeys keys, string incarnation, RunDocument announced)
    {
        (_options, _keys, _incarnation, _document) = (options, keys, incarnation, announced);
        Member = MemberRecord.FieldOf(options.Drone, incarnation);
        Changed = new(options.Clock);
        _beatNow = new(options.Clock);
        _leaderSeen = options.Clock.GetTimestamp();
    }

    /// <summary>The newest run document applied.</summary>
    public RunDocument Document => _document;

    public string Member { get; }

    /// <summary>Signalled whenever a newer document has been applied.</summary>
    public Wake Changed { get; }

    /// <summary>The shared clock, once read.</summary>
    public SwarmClock? Clock { get; set; }

    /// <summary>The plan, once it was read from the document.</summary>
    public RunPlan? Plan { get; set; }

    /// <summary>Where this member's snapshots go out, once it has any.</summary>
    public SnapshotOutbox? Outbox { get; set; }

    public bool Over => Document.Phase is RunPhase.Completed or RunPhase.Aborted;

    public RosterEntry? Own => Document.Find(_options.Drone, _incarnation);

    /// <summary>Whether the leader has been silent for longer than the plan's <c>leaderTimeout</c>.</summary>
    public bool LeaderIsGone =>
        Plan is not null && _options.Clock.GetElapsedTime(Interlocked.Read(ref _leaderSeen)) > Plan.LeaderTimeout;

    /// <summary>The shares dealt to this member, in order of epochs.</summary>
    public IEnumerable<Share> OwnShares() => Document.Shares
        .Where(entry => entry.Member == Member)
        .Select(entry => new Share(entry.Epoch, TimeSpan.FromMilliseconds(entry.FromMs), SlotSet.Parse(entry.Slots))
        {
            Claimed = [.. Document.LostClaims.Select(claim => new IterationClaim(claim.Scenario, SlotSet.Parse(claim.Slots), claim.Below))],
        });

    /// <summary>
    /// The worker has been started: acknowledged heartbeats extend its right to load, newer documents reach it, and so does what the newest
    /// one has changed while it was being started.
    /// </summary>
    public void BeginLoading(ITestWorker worker)
    {
        lock (_lock)
        {
            (_worker, _loading) = (worker, true);
            ObeyLocked();
        }

        _beatNow.Signal();
    }

    /// <summary>Writes this member's record and wakes the leader; repeated with every heartbeat that finds the state wiped.</summary>
    public async Task ShowAsync(MemberState state, string? reason, CancellationToken ct, SwarmSetUpResult? swarm = null)
    {
        _shown = new MemberRecord
        {
            Drone = _options.Drone,
            Incarnation = _incarnation,
            Host = _options.Host,
            State = state,
            Leaves = state == MemberState.Leaving || _shown is { Leaves: true },
            Claimed = state is MemberState.Leaving or MemberState.Failed ? [.. EntriesOf(_ahead)] : _shown?.Claimed,
            Reason = reason,
            SwarmState = swarm?.State ?? _shown?.SwarmState,
            SwarmHasSetUp = swarm?.Any ?? _shown?.SwarmHasSetUp ?? false,
            ClockErrorMs = Clock?.Error.TotalMilliseconds,
        };
        while (!(await PutRecordAsync(ct)).Answered(out _))
        {
            await Task.Delay(RunTimings.HeartbeatPeriod, _options.Clock, ct);
        }

        await _options.Medium.PublishAsync(_keys.LeaderChannel, SwarmJson.Write(new Notice { Run = Document.Run }), ct);
    }

    /// <summary>Stops loading now, and tells the leader to deal this member's slots to the others.</summary>
    public Task LeaveAsync(CancellationToken ct)
    {
        StopLoading();
        return ShowAsync(MemberState.Leaving, null, ct);
    }

    /// <summary>Beats in a loop of its own until disposed.</summary>
    public IAsyncDisposable BeginBeating() => new OwnedLoop(BeatAsync);

    private async Task BeatAsync(CancellationToken ct)
    {
        await using var notices = await _options.Medium.SubscribeAsync(_keys.DronesChannel, new WakeWriter(_beatNow), ct);
        while (true)
        {
            await BeatOnceAsync(ct);
            await _beatNow.WaitAsync(RunTimings.HeartbeatPeriod, ct);
        }
    }

    private async Task BeatOnceAsync(CancellationToken ct)
    {
        // A record that was lost or set back is there again within five seconds.
        if (_beats % BeatsForEachRecord == BeatsForEachRecord - 1)
        {
            await PutRecordAsync(ct);
        }

        var sent = _options.Clock.GetTimestamp();
        var held = Document.DocumentVersion;
        if (_loading)
        {
            // Afterwards the last claims stand: they may have been started.
            _ahead = _worker!.LookAhead();
        }

        var heartbeat = new Heartbeat
        {
            Counter = ++_beats,
            Fencing = held.Fencing,
            Number = held.Number,
            Claimed = [.. EntriesOf(_ahead)],
            IsDone = _ahead.IsDone,
        };
        if ((await _options.Medium.BeatAsync(_keys, Member, heartbeat.Counter, SwarmJson.Write(heartbeat), ct)).Answered(out var answer))
        {
            await HearAsync(answer, sent, ct);
        }

        if (LeaderIsGone)
        {
            Changed.Signal();
            StopLoading();
        }
    }

    private async Task HearAsync(BeatAnswer answer, long sent, CancellationToken ct)
    {
        var leader = SwarmJson.Read<LeaderHeartbeat>(answer.LeaderBeat, LeaderHeartbeat.TypeName).TryGet(out var beat, out _) ? beat : null;
        if (leader is not null && leader.IsAfter(_leader))
        {
            _leader = leader;
            Interlocked.Exchange(ref _leaderSeen, sent);
        }

        // A medium that was set back may hold less than its leader has confirmed.
        var newest = _leader is not null && _leader.Confirmed > answer.Document ? _leader.Confirmed : answer.Document;

        if (answer.Document < Document.DocumentVersion || !answer.MemberIsKnown)
        {
            await RestoreAsync(ct);
            return;
        }

        if (newest > Document.DocumentVersion && !await FollowAsync(ct))
        {
            return;
        }

        // The right to load runs from when the heartbeat was sent, and only once the version that answered it is applied. A medium
        // that has forgotten may hold an old version that a member put back: there the leader's own heartbeat must confirm it.
        if (_loading && !(newest > Document.DocumentVersion) && leader is not null
            && Own is { State: RosterState.Active } && Document is { Phase: RunPhase.Running or RunPhase.Draining, Ended: null })
        {
            _worker!.ExtendRight(sent + (long)(RunTimings.RightToLoad.TotalSeconds * _options.Clock.TimestampFrequency), _ahead.Claims);
        }
    }

    private async Task<bool> FollowAsync(CancellationToken ct)
    {
        var reply = await _options.Medium.ReadDocumentAsync(_keys, ct);
        if (!reply.Answered(out var stored) || stored is null)
        {
            return false;
        }

        if (!RunDocumentCheck.Read(stored).TryGet(out var document, out var problems))
        {
            if (_refused != stored.Version)
            {
                _refused = stored.Version;
                DroneLog.DocumentRefused(_options.Logger, _options.Drone, Document.Run, problems[0]);
            }

            return false;
        }

        if (document.DocumentVersion > Document.DocumentVersion)
        {
            lock (_lock)
            {
                _document = document;
                ObeyLocked();
            }

            Changed.Signal();
        }

        return true;
    }

    // The plan's own end, the drone knows better by its own clock.
    private void ObeyLocked()
    {
        if (!_loading)
        {
            return;
        }

        if (Over || Own is not { State: RosterState.Active } || Document.Ended is not null)
        {
            StopLoadingLocked();
            return;
        }

        foreach (var share in OwnShares())
        {
            _worker!.Update(share);
        }
    }

    private void StopLoading()
    {
        lock (_lock)
        {
            StopLoadingLocked();
        }
    }

    private void StopLoadingLocked()
    {
        if (_loading)
        {
            _loading = false;
            _worker!.Stop();
        }
    }

    /// <summary>The medium has forgotten: every member puts back what it holds.</summary>
    public async Task RestoreAsync(CancellationToken ct)
    {
        DroneLog.MediumForgot(_options.Logger, _options.Drone, Document.Run);
        await _options.Medium.PutDocumentAsync(_keys, Document.DocumentVersion, SwarmJson.Write(Document), [], ct);
        await PutRecordAsync(ct);
        if (Outbox is not null)
        {
            await Outbox.RepeatAsync(ct);
        }
    }

    private static IEnumerable<ClaimEntry> EntriesOf(WorkAhead ahead) =>
        ahead.Claims.Select(claim => new ClaimEntry(claim.Scenario, claim.Slots.ToString(), claim.Below));

    private ValueTask<MediumReply<bool>> PutRecordAsync(CancellationToken ct) =>
        _options.Medium.WriteFieldAsync(_keys.Members, Member, SwarmJson.Write(_shown!), ct);
}
