using Microsoft.Extensions.Logging;
using Orca.Plans;
using Orca.Results;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>One run as its leader holds it: what every phase works with.</summary>
internal sealed class LedRun
{
    private readonly LeaderDocument _document;

    public LedRun(LeaderOptions options, PreparedRun prepared, LeaderLease lease, RunDocument document, bool takesOver)
    {
        (Options, Prepared, Lease, TakesOver) = (options, prepared, lease, takesOver);
        Keys = options.Names.Run(options.RunId);
        Wake = new(options.Clock);
        Requests = new(options, Keys, Wake);
        Members = new(options, Keys);
        Sinks = new(options.Sinks, options.Clock, options.Logger);
        Journal = new(options, Keys, Sinks);
        _document = new(options, Keys, lease, document);
    }

    public LeaderOptions Options { get; }

    public PreparedRun Prepared { get; }

    /// <summary>Whether another has led this run before.</summary>
    public bool TakesOver { get; }

    public RunKeys Keys { get; }

    /// <summary>Signalled by members, and by whoever asks for a stop.</summary>
    public Wake Wake { get; }

    public LeaderRequests Requests { get; }

    public LeaderMembers Members { get; }

    public LeaderLease Lease { get; }

    public RunSinks Sinks { get; }

    public LeaderJournal Journal { get; }

    public RunPlan Plan => Prepared.Plan;

    public RunDocument Document => _document.Current;

    public TimeProvider Clock => Options.Clock;

    public ILogger Logger => Options.Logger;

    public string RunId => Options.RunId;

    public IEnumerable<RosterEntry> Active => Document.Roster.Where(entry => entry.State == RosterState.Active);

    /// <summary>Keeps lease and heartbeat in a loop of its own until disposed.</summary>
    public IAsyncDisposable BeginPulse() => new OwnedLoop(new LeaderPulse(Options, Keys, Lease, _document, Members, Wake).RunAsync);

    /// <inheritdoc cref="LeaderDocument.ChangeAsync(Func{RunDocument, RunDocument}, CancellationToken)"/>
    public Task ChangeAsync(Func<RunDocument, RunDocument> change, CancellationToken ct) => _document.ChangeAsync(change, ct);

    /// <inheritdoc cref="LeaderDocument.ChangeAsync(Func{RunDocument, RunDocument}, IReadOnlyList{SilentMember}, CancellationToken)"/>
    public Task<bool> ChangeAsync(Func<RunDocument, RunDocument> change, IReadOnlyList<SilentMember> silent, CancellationToken ct) =>
        _document.ChangeAsync(change, silent, ct);

    /// <summary>Re-reads what the members say, and tells who has joined or declined since.</summary>
    public async Task ReadMembersAsync(CancellationToken ct)
    {
        var changed = await Members.ReadAsync(ct) ?? [];
        var joined = Joined().Count - changed.Count(member => member.Record.State == MemberState.Joined);
        foreach (var member in changed)
        {
            var record = member.Record;
            if (record.State == MemberState.Joined)
            {
                LeaderLog.Joined(Logger, RunId, record.Drone, ++joined, Plan.Quorum.Min);
                Journal.Note(RunEventKind.DroneJoined, $"{record.Drone} joined.", record.Drone);
            }
            else if (record.State == MemberState.Declined)
            {
                LeaderLog.Declined(Logger, RunId, record.Drone, record.Reason ?? "");
                Journal.Note(RunEventKind.DroneDeclined, $"{record.Drone} declined: {record.Reason}", record.Drone);
            }
        }
    }

    /// <summary>Who counts for the quorum: joined, still in the same life, and seen just now.</summary>
    public List<LeaderMember> Joined() =>
        [.. Members.All.Where(member => member.Record.State == MemberState.Joined && !member.IsReplaced && Members.SeenWithin(member, RunTimings.SeenWithin))];

    public bool IsLost(LeaderMember member) => member.IsReplaced || !Members.SeenWithin(member, RunTimings.LostAfter);

    /// <summary>Reads the shared clock, again and again until the medium answers.</summary>
    public async Task<SwarmClock> ReadClockAsync(CancellationToken ct)
    {
        while (true)
        {
            var reply = await SwarmClock.ReadAsync(Options.Medium, Clock, ct);
            if (reply.Answered(out var clock))
            {
                return clock;
            }

            LeaderLog.MediumAway(Logger, RunId, reply.Failure!);
            await Task.Delay(RunTimings.HeartbeatPeriod, Clock, ct);
        }
    }

    public RunStarted Describe(DateTimeOffset startTime) => new()
    {
        RunId = RunId,
        Swarm = Options.Names.Swarm,
        Plan = Plan,
        Packages = [.. Prepared.Lock.Packages.Select(package => new ReportedPackage(package.Id, package.Version, package.Sha512))],
        Drones = [.. Document.Roster.Where(entry => entry.State != RosterState.Dropped).Select((entry, rank) => new ReportedDrone(entry.Drone, entry.Incarnation, rank, entry.Host))],
        StartTime = startTime,
    };
}
