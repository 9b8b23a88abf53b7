using Microsoft.Extensions.Logging;
using Orca.Plans;

namespace Orca.Execution;

/// <summary>One scenario on this drone from set-up to tear-down: its two schedulers and its hooks.</summary>
internal sealed class ScenarioEngine : IAsyncDisposable
{
    private readonly ScenarioLoad _load;
    private readonly ILogger _logger;
    private readonly TestHooks _hooks;
    private readonly ArrivalScheduler _arrivals;
    private readonly UserScheduler _users;
    private bool _isSetUp;
    private Task<Problem?> _stoppingLost = Task.FromResult<Problem?>(null);

    public ScenarioEngine(ScenarioLoad load, ILogger logger)
    {
        _load = load;
        _logger = logger;
        _hooks = new TestHooks(load, logger);
        _arrivals = new ArrivalScheduler(load);
        _users = new UserScheduler(load);
    }

    /// <summary>Whether nothing is started any more.</summary>
    public bool IsOver => _arrivals.IsOver && _users.IsOver;

    public async Task<Problem?> SetUpAsync(Share provisional, CancellationToken ct)
    {
        // Torn down even where it fails half-way.
        _isSetUp = true;
        return await _hooks.SetUpAsync(ct)
            ?? await _hooks.StartUsersAsync([.. _users.UsersAtZero(provisional), .. _arrivals.UsersAtZero(provisional)], ct);
    }

    public void Begin(ShareTimeline timeline)
    {
        _load.Begin();
        _arrivals.Begin(timeline);
        _stoppingLost = _hooks.StopUsersAsync(_users.Begin(timeline), _load.Run.Cut);
    }

    public long Advance(long now) => Math.Min(_arrivals.Advance(now), _users.Advance(now));

    public void Stop(long now)
    {
        _arrivals.Stop(now);
        _users.Advance(now);
    }

    public void ShareCame(Share share, ShareTimeline before, long now)
    {
        var missed = _arrivals.ShareCame(share, before, now);
        if (missed > 0)
        {
            ExecutionLog.ArrivalsCameLate(_logger, missed, _load.Scenario.Name);
        }
    }

    /// <summary>Whether all work of this drone's was given out at a run time, the share of an epoch included; from any thread.</summary>
    public bool HasGivenAll(TimeSpan at, int epoch) => _arrivals.IsOver && _users.HasGivenAll(at, epoch);

    public void AddClaimsWanted(List<IterationClaim> claims, long now) => _users.Blocks.AddClaimsWanted(claims, now);

    public void Claimed(IterationClaim claim, long now)
    {
        if (claim.Scenario == _load.Scenario.Name)
        {
            _users.Blocks.Claimed(claim, now);
        }
    }

    /// <summary>Gives up what has not ended; how many iterations that interrupts.</summary>
    public int Abandon() => AllUsers().Count(user => user.Abandon());

    public async Task<Problem?> TearDownAsync(CancellationToken ct)
    {
        if (!_isSetUp)
        {
            return null;
        }

        _isSetUp = false;
        var problem = await _stoppingLost;
        problem ??= await _hooks.StopUsersAsync(AllUsers(), ct);
        return await _hooks.TearDownAsync(ct) is { } last ? problem ?? last : problem;
    }

    public async ValueTask DisposeAsync()
    {
        await _stoppingLost;
        foreach (var user in AllUsers())
        {
            user.Release();
        }

        _load.Dispose();
    }

    private List<SimulatedUser> AllUsers() => [.. _users.Users.All, .. _arrivals.Roster.All()];
}
