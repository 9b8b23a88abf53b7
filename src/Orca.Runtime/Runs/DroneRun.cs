using Orca.Plans;
using Orca.Runs.Workers;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>The story of one run on one drone, from the announcement to being idle again.</summary>
internal sealed class DroneRun
{
    private readonly DroneOptions _options;
    private readonly RunKeys _keys;
    private readonly string _incarnation;
    private readonly RunMembership _membership;
    private readonly UnacknowledgedFinals _unacknowledged;

    public DroneRun(DroneOptions options, RunDocument announced, UnacknowledgedFinals unacknowledged)
    {
        (_options, _unacknowledged) = (options, unacknowledged);
        _keys = options.Names.Run(announced.Run);

        // A drone takes part in a run once in each of its lives.
        _incarnation = options.Life;
        _membership = new(options, _keys, _incarnation, announced);
    }

    private RunDocument Document => _membership.Document;

    private DroneInfo Place => new(_membership.Own!.Index, Document.Roster.Length);

    public async Task RunAsync(CancellationToken ct)
    {
        DroneLog.Considering(_options.Logger, _options.Drone, Document.Run, Document.Lock.Root);
        await using var worker = _options.Workers.Create();

        // 1. Prepare: may it, can it?
        if (await PrepareAsync(worker, ct) is { } refusal)
        {
            DroneLog.Declined(_options.Logger, _options.Drone, Document.Run, refusal);
            await _membership.ShowAsync(MemberState.Declined, refusal.ToString(), ct);
            return;
        }

        // 2. Join: from here on it beats, and follows the run document.
        await _membership.ShowAsync(MemberState.Joined, null, ct);
        DroneLog.Joined(_options.Logger, _options.Drone, _incarnation, Document.Run);
        await using var beating = _membership.BeginBeating();

        // 3. Roster, the swarm's set-up, the own set-up, the common start.
        if (await GetReadyAsync(worker, ct) is not { } share)
        {
            return;
        }

        worker.Start(share, _membership.Clock!.TimestampOf(Document.StartTime!.Value, _options.Clock));
        _membership.BeginLoading(worker);
        DroneLog.Started(_options.Logger, _options.Drone, Document.Run, share.Slots.Count, share.Slots.Total);

        // 4. Running: snapshots go out until the final one is out. Who is asked to stop meanwhile leaves in good order.
        var outbox = _membership.Outbox = new SnapshotOutbox(_options, _keys, _membership);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_options.Abandoned);
        await using (new OwnedLoop(over => LeaveWhenAskedAsync(patience, ct, over)))
        {
            await outbox.RunAsync(worker.Snapshots, () => FinishAsync(worker, patience.Token), patience.Token);
        }

        if (outbox.Newest is not { Final: true })
        {
            // The worker broke down: what it measured last is out, its slots go to others.
            await FailAsync(await worker.Completion ?? new("The worker ended without its final measurements."), ct);
            return;
        }

        // 5. Drained: the only acknowledgement is the phase 'completed'.
        await AwaitCompletedAsync(worker, outbox, ct);
        DroneLog.Finished(_options.Logger, _options.Drone, Document.Run);
    }

    private async Task<Share?> GetReadyAsync(ITestWorker worker, CancellationToken ct)
    {
        try
        {
            return await AwaitRosterAsync(worker, ct) && await SetUpAsync(worker, ct) ? await AwaitStartAsync(ct) : null;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The others need not wait for it.
            using var soon = new CancellationTokenSource(RunTimings.HeartbeatPeriod, _options.Clock);
            await FailAsync(new Problem("The drone was asked to stop."), soon.Token);
            throw;
        }
    }

    private async Task LeaveWhenAskedAsync(CancellationTokenSource patience, CancellationToken asked, CancellationToken over)
    {
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onAsked = asked.UnsafeRegister(static wait => ((TaskCompletionSource)wait!).TrySetResult(), wait);
        using var onOver = over.UnsafeRegister(static (wait, ct) => ((TaskCompletionSource)wait!).TrySetCanceled(ct), wait);
        await wait.Task;
        if (_options.Abandoned.IsCancellationRequested)
        {
            // It ends as in a crash: it tells nobody.
            return;
        }

        DroneLog.Leaving(_options.Logger, _options.Drone, Document.Run);
        await _membership.LeaveAsync(over);

        // Running iterations have their grace, the tests' tear-down as long again, and what was measured goes out.
        await Task.Delay((_membership.Plan!.Grace * 2) + RunTimings.FinalWait, _options.Clock, over);
        patience.Cancel();
    }

    private async Task<Problem?> PrepareAsync(ITestWorker worker, CancellationToken ct)
    {
        if (_options.Policy.Refuse(Document.Lock.Root) is { } refusal)
        {
            return refusal;
        }

        var reading = new PlanReading { PackageRequired = true };
        if (!PlanFile.Read([new PlanLayer("run document", Document.Plan)], reading).TryGet(out var plan, out var problems))
        {
            return problems[0];
        }

        if (_options.Policy.Refuse(plan) is { } forbidden)
        {
            return forbidden;
        }

        _membership.Plan = plan;
        return await worker.PrepareAsync(new(Document.Run, _options.Drone, _incarnation, plan, Document.Lock) { Targets = _options.Policy.AllowedTargets }, ct);
    }

    // Ends when the swarm is set up and this member is to set up; false when it takes no part.
    private async Task<bool> AwaitRosterAsync(ITestWorker worker, CancellationToken ct)
    {
        var asked = false;
        while (true)
        {
            if (Leaves(Document.Roster.Length > 0, "the roster is full"))
            {
                return false;
            }

            if (Document.SwarmIsSetUp)
            {
                return true;
            }

            if (!asked && Document.SwarmSetUpBy == _membership.Member)
            {
                asked = true;
                if (!await SetUpSwarmAsync(worker, ct))
                {
                    return false;
                }
            }

            await _membership.Changed.WaitAsync(RunTimings.Poll, ct);
        }
    }

    private async Task<bool> SetUpSwarmAsync(ITestWorker worker, CancellationToken ct)
    {
        var outcome = await TimeLimit.RunAsync(
            "The swarm's set-up", RunTimings.SwarmSetUp, _options.Clock, token => worker.SetUpSwarmAsync(Place, token), ct);
        if (!outcome.TryGet(out var result, out var problems))
        {
            await FailAsync(problems[0], ct);
            return false;
        }

        await _membership.ShowAsync(MemberState.SwarmSetUp, null, ct, result);
        return true;
    }

    private async Task<bool> SetUpAsync(ITestWorker worker, CancellationToken ct)
    {
        var provisional = new Share(0, TimeSpan.Zero, SlotSet.ForRank(Place.Index, Place.Count));
        var place = new WorkerPlace(Place, provisional, Document.SwarmState);
        var outcome = await TimeLimit.RunAsync<WorkerPlace>(
            "The set-up (setUpTimeout)",
            _membership.Plan!.SetUpTimeout,
            _options.Clock,
            async token => await worker.SetUpAsync(place, token) is { } problem ? problem : place,
            ct);
        if (!outcome.TryGet(out _, out var problems))
        {
            await FailAsync(problems[0], ct);
            return false;
        }

        var reading = await SwarmClock.ReadAsync(_options.Medium, _options.Clock, ct);
        if (!reading.Answered(out var clock))
        {
            await FailAsync(reading.Failure!, ct);
            return false;
        }

        _membership.Clock = clock;
        await _membership.ShowAsync(MemberState.Armed, null, ct);
        DroneLog.Armed(_options.Logger, _options.Drone, Document.Run, clock.Error.TotalMilliseconds);
        return true;
    }

    private async Task<Share?> AwaitStartAsync(CancellationToken ct)
    {
        while (true)
        {
            if (Leaves(true, "it was not armed in time"))
            {
                return null;
            }

            // Who hears of it late starts at the current run time, or has only its part to hand in.
            if (Document is { Phase: RunPhase.Running or RunPhase.Draining, StartTime: not null })
            {
                return _membership.OwnShares().FirstOrDefault();
            }

            await _membership.Changed.WaitAsync(RunTimings.Poll, ct);
        }
    }

    // Before the final snapshot is put: whoever has that one finds here how the tear-down went.
    private async Task FinishAsync(ITestWorker worker, CancellationToken ct)
    {
        var failure = await worker.Completion;
        if (failure is not null)
        {
            DroneLog.TearDownFailed(_options.Logger, _options.Drone, Document.Run, failure);
        }

        await _membership.ShowAsync(MemberState.Finished, failure?.ToString(), ct);
    }

    // A drone is free once the leader has what it measured, or has been silent for too long.
    private async Task AwaitCompletedAsync(ITestWorker worker, SnapshotOutbox outbox, CancellationToken ct)
    {
        var tornDown = false;
        while (!_membership.Over && !_membership.LeaderIsGone)
        {
            if (!tornDown && Document.SwarmTearsDown && Document.SwarmSetUpBy == _membership.Member)
            {
                tornDown = true;
                var problem = await worker.TearDownSwarmAsync(ct);
                await _membership.ShowAsync(MemberState.SwarmTornDown, problem?.ToString(), ct);
            }

            await _membership.Changed.WaitAsync(RunTimings.Poll, ct);
            await outbox.RepeatAsync(ct);
        }

        if (!_membership.Over)
        {
            _unacknowledged.Keep(_membership, outbox);
        }
    }

    private bool Leaves(bool rosterIsClosed, string why)
    {
        var leaves = _membership.Over || _membership.LeaderIsGone || (rosterIsClosed && _membership.Own is not { State: RosterState.Active });
        if (leaves)
        {
            DroneLog.NotNeeded(_options.Logger, _options.Drone, Document.Run, Document.Reason ?? why);
        }

        return leaves;
    }

    private Task FailAsync(Problem problem, CancellationToken ct)
    {
        DroneLog.Failed(_options.Logger, _options.Drone, Document.Run, problem);
        return _membership.ShowAsync(MemberState.Failed, problem.ToString(), ct);
    }
}
