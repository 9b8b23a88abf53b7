using Microsoft.Extensions.Time.Testing;
using Orca.Execution;
using Orca.Plans;

namespace Orca.Tests.Execution;

/// <summary>Engines on one driven clock with a leader's part played by hand: heartbeats claim, drones are lost, their slots are dealt out.</summary>
internal sealed class ClaimingSwarm : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Right = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan Redeal = TimeSpan.FromSeconds(0.5);

    private readonly int _seed;
    private readonly Random _random;
    private readonly FakeTimeProvider _clock = new();
    private readonly LoadStage[] _load;
    private readonly List<Member> _members = [];
    private readonly Dictionary<long, int> _started = [];
    private readonly List<IterationClaim> _lostClaims = [];
    private readonly List<string> _trace = [];
    private readonly List<string> _faults = [];
    private long _start;
    private int _epoch;

    public ClaimingSwarm(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _load = [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => new IterationsStage(_random.Next(20, 1500), _random.Next(1, 25), TimeSpan.FromSeconds(_random.Next(30, 40))))];
        var drones = _random.Next(2, 5);
        for (var rank = 0; rank < drones; rank++)
        {
            _members.Add(new Member(this, rank, drones));
        }

        _trace.Add($"{drones} drones, {string.Join(", ", _load.Select(stage => stage.ToString()))}");
    }

    public async Task RunAsync()
    {
        foreach (var member in _members)
        {
            Assert.Null(await member.Driven.Engine.SetUpAsync(member.Share, TestContext.Current.CancellationToken));
        }

        _start = _clock.GetTimestamp() + TimeSpan.FromSeconds(2).Ticks;
        DrivenEngine.OffContext(() =>
        {
            _members.ForEach(member => member.Driven.Engine.Start(member.Share, _start));
            var end = TimeSpan.FromSeconds(_load.Sum(stage => stage.Duration.TotalSeconds) + 4);
            for (var at = TimeSpan.Zero; at < end; at += Step)
            {
                foreach (var member in _members)
                {
                    member.Live(at);
                }

                Deal(at);
                _clock.Advance(Step);
            }
        });
    }

    /// <summary>Every iteration ran once, or never, and then a lost drone had claimed it or its time was over.</summary>
    public void Account()
    {
        var schedule = ScenarioSchedule.Of(_members[0].Driven.Plan.Scenarios[0], 42);
        Assert.True(_started.Values.All(times => times == 1), $"{Told()}: started twice: {string.Join(", ", _started.Where(pair => pair.Value > 1).Select(pair => pair.Key).Order())}");
        Assert.True(_faults.Count == 0, $"{Told()}: {string.Join(", ", _faults)}");
        var gap = 0;
        foreach (var block in schedule.IterationBlocks)
        {
            for (var number = block.First; number < block.End; number++)
            {
                if (_started.ContainsKey(number))
                {
                    continue;
                }

                gap++;
                var slot = block.UserOf(number);
                var isClaimed = _lostClaims.Any(claim => claim.Below > number && claim.Below <= block.End && claim.Slots.Owns(slot));
                var isOwnedByTheLost = _members.Any(member => member.IsLost && !member.IsDealt && member.Share.Slots.Owns(slot));
                Assert.True(isClaimed || isOwnedByTheLost || _members.All(member => member.IsLost) || IsTooSlow(block), $"{Told()}: {number} never ran and nobody had claimed it");
            }
        }

        Assert.True(gap == 0 || _members.Any(member => member.IsLost) || schedule.IterationBlocks.Any(IsTooSlow), $"{Told()}: {gap} never ran and nobody was lost");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.Driven.DisposeAsync();
        }
    }

    // Each loss costs its users some six seconds.
    private bool IsTooSlow(IterationBlock block) =>
        ((double)block.Count / block.Users * Member.Longest.TotalSeconds) + (6 * _members.Count) > (block.To - block.From).TotalSeconds;

    private string Told() => $"seed {_seed}: {string.Join("; ", _trace)}";

    private void Deal(TimeSpan at)
    {
        var lost = _members.Where(member => member.IsLost && !member.IsDealt && at >= member.LastBeat + LostAfter).ToList();
        var left = _members.Where(member => !member.IsLost).ToList();
        if (lost.Count == 0 || left.Count == 0)
        {
            return;
        }

        _epoch++;
        var slots = lost.Select(member => member.Share.Slots).Aggregate((all, more) => all.Union(more));
        foreach (var member in lost)
        {
            member.IsDealt = true;
            _lostClaims.AddRange(member.Claims);
        }

        var parts = slots.Deal(left.Count);
        var from = _clock.GetElapsedTime(_start) + Redeal;
        _trace.Add($"epoch {_epoch} from {from}");
        for (var i = 0; i < left.Count; i++)
        {
            left[i].Share = new Share(_epoch, from, left[i].Share.Slots.Union(parts[i])) { Claimed = [.. _lostClaims] };
            left[i].Driven.Engine.Update(left[i].Share);
        }
    }

    private sealed class Member
    {
        public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(60);

        private readonly ClaimingSwarm _swarm;
        private readonly TimeSpan _diesAt;
        private TimeSpan _nextBeat;

        public Member(ClaimingSwarm swarm, int rank, int drones)
        {
            _swarm = swarm;
            _diesAt = swarm._random.Next(2) > 0 ? TimeSpan.FromSeconds(swarm._random.NextDouble() * 30) : TimeSpan.MaxValue;
            _nextBeat = TimeSpan.FromMilliseconds(swarm._random.Next(500));
            var test = new FakeLoadTest { Run = Iterate };
            Driven = new DrivenEngine(test, new Setting { Rank = rank, Drones = drones, Claims = true, Clock = swarm._clock }, swarm._load);
            Share = Driven.Share;
        }

        public DrivenEngine Driven { get; }

        public Share Share { get; set; }

        /// <summary>What the newest heartbeat claimed that the medium has, acknowledged or not.</summary>
        public IReadOnlyList<IterationClaim> Claims { get; private set; } = [];

        public TimeSpan LastBeat { get; private set; }

        /// <summary>Puts no heartbeat any more. Its right to load ends as it will.</summary>
        public bool IsLost { get; private set; }

        public bool IsDealt { get; set; }

        public void Live(TimeSpan at)
        {
            if (!IsLost && at >= _diesAt)
            {
                IsLost = true;
                _swarm._trace.Add($"{Driven.Setting.Rank} lost at {at}");
            }

            if (IsLost || at < _nextBeat)
            {
                return;
            }

            // One heartbeat in ten is lost, of another the answer.
            _nextBeat = at + Beat;
            var (claims, luck) = (Driven.Engine.ClaimsWanted(), _swarm._random.Next(10));
            if (luck > 0)
            {
                (LastBeat, Claims) = (at, claims);
            }

            if (luck > 1)
            {
                Driven.Engine.Claimed(Claims);
                Driven.Engine.ExtendRight(_swarm._clock.GetTimestamp() + Right.Ticks);
            }
        }

        private ValueTask Iterate(VirtualUser user, CancellationToken ct)
        {
            _swarm._started[user.Iteration] = _swarm._started.GetValueOrDefault(user.Iteration) + 1;
            if (!Claims.Any(claim => user.Iteration < claim.Below && claim.Slots.Owns(user.Id)))
            {
                _swarm._faults.Add($"{user.Iteration} ran unclaimed");
            }

            return user.ThinkAsync(TimeSpan.FromMilliseconds(1 + (user.Iteration * 7919 % (long)Longest.TotalMilliseconds)));
        }
    }
}
