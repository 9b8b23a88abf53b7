using System.Collections.Immutable;
using Orca.Plans;
using Orca.Results;
using Orca.Swarm.Documents;
using Orca.Swarm.Sealing;

namespace Orca.Tests.Simulation;

/// <summary>One run under one seed: a plan, a swarm, a weather and an adversary drawn from it, and what of the protocol's promises was broken.</summary>
internal sealed class SimulatedRun
{
    private readonly Random _dice;
    private readonly Trace _trace = new();
    private readonly DrivenSwarm _swarm;
    private readonly RunPlan _plan;
    private readonly List<string> _violations = [];
    private RunReport? _report;

    public SimulatedRun(int seed, Mutation mutation = Mutation.None)
    {
        _dice = new(seed);
        var calm = _dice.Next(5) == 0;
        var weather = new Weather(
            _dice,
            slowMs: 1 + (_dice.NextDouble() * (_dice.Next(4) == 0 ? 300 : 20)),
            requestLoss: calm ? 0 : _dice.NextDouble() * 0.08,
            answerLoss: calm ? 0 : _dice.NextDouble() * 0.08,
            messageLoss: _dice.Next(4) == 0 ? 1 : _dice.NextDouble() * 0.4,
            stragglers: calm ? 0 : _dice.NextDouble() * 0.02);
        _swarm = new(weather, _trace, _dice.Next(2) == 0 ? Key() : null, mutation);
        _trace.Time = _swarm.World.Time;
        var drones = _dice.Next(10) == 0 ? _dice.Next(8, 21) : _dice.Next(1, 7);
        _plan = DrawPlan(drones);
        _trace.Note($"seed {seed}: {drones} drones, {weather}{(_swarm.Seal is null ? "" : ", with a swarm key")}");
        _trace.Note(PlanFile.Write(_plan).ReplaceLineEndings(""));
        for (var i = 1; i <= drones; i++)
        {
            _swarm.AddDrone($"drone-{i}");
        }
    }

    /// <summary>Runs it; the answer is what was broken, and the trace.</summary>
    public (IReadOnlyList<string> Violations, string Trace) Run()
    {
        var adversary = new Adversary(_swarm, _dice, _trace);
        if (_swarm.Seal is not null)
        {
            new Forger(_swarm, _dice, _trace).Begin(_plan.Duration + TimeSpan.FromSeconds(20));
        }

        var (_, result, leader) = _swarm.Lead(_plan);
        adversary.Watch(leader, result);
        if (_dice.Next(2) == 0)
        {
            adversary.StandBy();
        }

        adversary.Plan(_dice.Next(_dice.Next(4) == 0 ? 9 : 5), TimeSpan.FromSeconds(0.5), _plan.Duration + TimeSpan.FromSeconds(8));
        if (_dice.Next(15) == 0)
        {
            _swarm.World.Time.After(_dice.NextDouble() * _plan.Duration, () =>
            {
                _trace.Note("SOMEBODY asks for a stop");
                _swarm.RequestStop("somebody");
            });
        }

        if (!_swarm.World.Run(() => adversary.Results.Exists(result => result.Report is not null || !_swarm.IsAnnounced), TimeSpan.FromMinutes(6)))
        {
            // Where everyone who knew of the run is dead and the medium was wiped, there is nothing left to report on; and a leader that
            // was killed once the run was completed had put its report on disk before.
            if (_swarm.IsAnnounced && _swarm.Document().Phase is not (RunPhase.Completed or RunPhase.Aborted))
            {
                _violations.Add("no leader came to a report within 6 minutes");
            }
        }
        else if (_swarm.IsAnnounced)
        {
            _report = adversary.Results.Single(result => result.Report is not null).Report;
            Check();
        }

        _violations.AddRange(_swarm.Broken);
        return (_violations, _trace.ToString());
    }

    private static SwarmSeal Key() => SwarmSeal.Of("the simulation's own swarm key").TryGet(out var seal, out _) ? seal : throw new InvalidOperationException();

    private RunPlan DrawPlan(int drones)
    {
        var seconds = _dice.Next(6, 20);
        var rate = _dice.Next(5, 60);
        var least = _dice.Next(3) == 0 ? drones : Math.Max(1, drones - 2);
        return DrivenSwarm.Plan(drones) with
        {
            Quorum = new Quorum(least, drones, TimeSpan.FromSeconds(3)),
            Grace = TimeSpan.FromSeconds(2),
            OnDroneLost = _dice.Next(5) == 0 ? LostDronePolicy.Continue : LostDronePolicy.Redistribute,
            Scenarios =
            [
                new Scenario { Name = "open", Test = "t", MaxUsers = 1_000, Load = [new RateStage(rate, _dice.Next(5, 60), TimeSpan.FromSeconds(seconds))] },
                new Scenario { Name = "closed", Test = "t", MaxUsers = 1_000, Load = [new UsersStage(0, _dice.Next(1, 6), TimeSpan.FromSeconds(seconds))] },
                new Scenario { Name = "fixed", Test = "t", MaxUsers = 1_000, Load = DrawIterations(seconds) },
            ],
        };
    }

    private ImmutableArray<LoadStage> DrawIterations(int seconds)
    {
        var first = _dice.Next(1, seconds - 1);
        return [new IterationsStage(_dice.Next(10, 1_000), _dice.Next(1, 12), TimeSpan.FromSeconds(first)), new IterationsStage(_dice.Next(10, 1_000), _dice.Next(1, 12), TimeSpan.FromSeconds(seconds + 3 - first))];
    }

    private void Check()
    {
        if (_report!.Verdict == Verdict.Aborted && _report.StartTime is null)
        {
            return;
        }

        CheckArrivals();
        CheckUsers();
        CheckTotals();
    }

    // No arrival and no iteration is started twice, no arrival before it is due.
    private void CheckArrivals()
    {
        foreach (var starts in _swarm.Workers.Starts.Where(start => start.Kind != StartKind.User).GroupBy(start => (start.Scenario, start.Number)))
        {
            var first = starts.First();
            if (starts.Count() > 1)
            {
                _violations.Add($"{first.Kind} {starts.Key} was started {starts.Count()} times: {string.Join("; ", starts.Select(start => $"{start.Drone}/{start.Life} at {start.At.TotalSeconds:0.000} s"))}, due {first.Due.TotalSeconds:0.000} s");
            }

            if (first.At < first.Due)
            {
                _violations.Add($"arrival {starts.Key} was started at {first.At}, before it was due at {first.Due}");
            }
        }
    }

    // A user that another drone has taken over is not run by the one before any more: never more users than planned.
    private void CheckUsers()
    {
        foreach (var starts in _swarm.Workers.Starts.Where(start => start.Kind == StartKind.User).GroupBy(start => (start.Scenario, start.Number)))
        {
            var owners = new List<string>();
            foreach (var owner in starts.OrderBy(start => start.At).Select(start => start.Drone + "/" + start.Life))
            {
                if (owners.Count == 0 || owners[^1] != owner)
                {
                    owners.Add(owner);
                }
            }

            if (owners.Count != owners.Distinct().Count())
            {
                _violations.Add($"user {starts.Key} was run by {string.Join(", then ", owners)}");
            }
        }
    }

    // What the report says of each incarnation is what it had done: all of it, or for one that did not finish up to one of its snapshots.
    private void CheckTotals()
    {
        var document = _swarm.Document();
        foreach (var (member, cuts) in _swarm.Workers.Cuts)
        {
            var reported = _report!.Drones.FirstOrDefault(drone => MemberRecord.FieldOf(drone.Id, drone.Incarnation) == member);
            var (started, missed) = (reported?.Started ?? 0, reported?.Missed ?? 0);
            var done = _swarm.Workers.Starts.Count(start => start.Drone + "/" + start.Life == member);
            if (reported is { Finished: true })
            {
                if (started != done)
                {
                    _violations.Add($"{member} finished and started {done}, the report says {started}");
                }
            }
            else if (!cuts.Contains((started, missed)) && (started, missed) != (0, 0))
            {
                _violations.Add($"{member} did not finish; the report's {started} started and {missed} missed are none of its snapshots");
            }

            // What the medium had acknowledged so long before the end that a leader must have seen it. (A forger may have put an older one there.)
            var due = _swarm.World.Time.Now - TimeSpan.FromSeconds(8);
            var least = _swarm.Acknowledged.GetValueOrDefault(member, []).Where(put => put.At <= due).Select(put => (int)Math.Min(put.Sequence, cuts.Count)).DefaultIfEmpty().Max();
            if (_swarm.Seal is null && least > 0 && cuts.FindLastIndex(cut => cut == (started, missed)) < least - 1)
            {
                _violations.Add($"{member} put snapshot {least} ({cuts[least - 1]}) in good time, the report has only {(started, missed)}");
            }

            // (Once the run is over a wipe may bring an old document back: then who was lost is in the report.)
            var entry = document.Roster.FirstOrDefault(entry => entry.Member == member);
            var isForgotten = _swarm.WasWiped && reported is { Lost: true };
            if (entry is { State: RosterState.Active } && reported is not { Finished: true } && !isForgotten && _swarm.Drones[entry.Drone] is { IsDead: false, IsFrozen: false, IsCutOff: false, IsDeaf: false })
            {
                _violations.Add($"{member} is well and active, but its final snapshot is not in the report");
            }
        }

        var total = _report!.Drones.Sum(drone => drone.Started);
        var isRobbed = _swarm.Seal is not null && _report.Events.Any(happened => happened.Text.EndsWith("they count, but for no drone.", StringComparison.Ordinal));
        if (isRobbed ? total >= _report.Totals.Started : total != _report.Totals.Started)
        {
            _violations.Add($"the drones' parts add up to {total}, the total is {_report.Totals.Started}");
        }

        var fromIntervals = _report.Intervals.Sum(interval => interval.Total.Started);
        if (fromIntervals != _report.Totals.Started)
        {
            _violations.Add($"the intervals add up to {fromIntervals}, the total is {_report.Totals.Started}");
        }

        CheckArrivalsAreAccountedFor(document);
        CheckIterationsAreAccountedFor(document);
    }

    // Planned = started + missed + what lost drones took with them; with nobody lost, nothing is unaccounted for.
    private void CheckArrivalsAreAccountedFor(RunDocument document)
    {
        var planned = _report!.Completeness.Scenarios.Single(scenario => scenario.Name == "open");
        if (planned.ArrivalsPlanned != planned.ArrivalsStarted + planned.Dropped + planned.Missed + planned.ArrivalsUnaccounted)
        {
            _violations.Add($"planned {planned.ArrivalsPlanned} ≠ started {planned.ArrivalsStarted} + dropped {planned.Dropped} + missed {planned.Missed} + unaccounted {planned.ArrivalsUnaccounted}");
        }

        // Drones that had no leader for too long have drained on their own.
        var allFinished = document.Roster.All(entry => entry.State != RosterState.Lost) && _report.Drones.All(drone => drone.Finished)
            && document.Ended is null && _swarm.Workers.StoppedEarly == 0;
        if (allFinished && planned.ArrivalsUnaccounted != 0)
        {
            _violations.Add($"every drone finished, but {planned.ArrivalsUnaccounted} arrivals are unaccounted for");
        }

        // Where the load was cut short, drones hear of it later than the leader decides it.
        if (planned.ArrivalsUnaccounted < 0 && document.Ended is null or { IsDone: true })
        {
            _violations.Add($"{-planned.ArrivalsUnaccounted} more arrivals than planned");
        }
    }

    // Where the load was called done before its time, an iteration that never ran was claimed by a lost drone, or its stage had ended before.
    // (Of a plan that goes on without lost drones, nobody does what was theirs.)
    private void CheckIterationsAreAccountedFor(RunDocument document)
    {
        if (document.Ended is not { IsDone: true } ended || _plan.OnDroneLost == LostDronePolicy.Continue)
        {
            return;
        }

        var ran = _swarm.Workers.Starts.Where(start => start.Kind == StartKind.Iteration).Select(start => start.Number).ToHashSet();
        var claims = document.LostClaims.Select(claim => (Slots: SlotSet.Parse(claim.Slots), claim.Below)).ToList();
        foreach (var block in ScenarioSchedule.BlocksOf(_plan.Scenarios.Single(scenario => scenario.Name == "fixed")).Where(block => block.To.TotalMilliseconds > ended.AtMs))
        {
            var forgotten = Enumerable.Range(0, (int)block.Count).Select(n => block.First + n).Where(number => !ran.Contains(number)
                && !claims.Exists(claim => number < claim.Below && claim.Below <= block.End && claim.Slots.Owns(block.UserOf(number)))).ToList();
            if (forgotten.Count > 0)
            {
                _violations.Add($"the load was called done, but {forgotten.Count} iterations from {forgotten[0]} on never ran and no lost drone had claimed them");
            }
        }
    }
}
