using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orca.Packages;
using Orca.Plans;
using Orca.Runs.Workers.Child;

namespace Orca.Runs.Workers;

/// <summary>Runs a test package in a child process: what it breaks ends with that process, and so does all that it leaves behind.</summary>
internal sealed class ProcessWorker(ProcessWorkerOptions options) : ITestWorker
{
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(3);

    // Past the graces of load and tear-down, and what the engine itself takes to give iterations up.
    private static readonly TimeSpan PastGraces = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = options.Loggers.CreateLogger<ProcessWorker>();
    private readonly Channel<EncodedSnapshot> _snapshots = Channel.CreateBounded<EncodedSnapshot>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly ConcurrentDictionary<int, TaskCompletionSource<AnswerBody>> _requests = new();
    private readonly TaskCompletionSource<Problem?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChildLog _log = new(options.Loggers);
    private WorkerAssignment? _assignment;
    private ChildProcess? _child;
    private TestOutput? _output;
    private PackageLease? _lease;
    private Task _watchingExit = Task.CompletedTask;
    private OwnedLoop? _watchingLoad;
    private Problem? _ended;
    private volatile WorkAhead _ahead = WorkAhead.None;
    private int _aheadEpoch;
    private int _epoch;
    private long _deadline = long.MaxValue;
    private int _request;

    public ChannelReader<EncodedSnapshot> Snapshots => _snapshots.Reader;

    public Task<Problem?> Completion => _completion.Task;

    private RunPlan Plan => _assignment!.Plan;

    public async Task<Problem?> PrepareAsync(WorkerAssignment assignment, CancellationToken ct)
    {
        _assignment = assignment;

        // Before the package is there: the child has much to compile that is no test's.
        var began = options.Clock.GetTimestamp();
        _output = new TestOutput(assignment.RunId, _logger);
        if (!ChildProcess.Start(options.Host, options.Environment, options.MemoryLimit, _output, options.Clock, Receive).TryGet(out _child, out var problems))
        {
            return problems[0];
        }

        _watchingExit = WatchExitAsync(_child);
        var installer = new PackageInstaller(options.Packages, options.Loggers.CreateLogger<PackageInstaller>(), options.Clock);
        if (!(await installer.InstallAsync(assignment.Lock, ct)).TryGet(out _, out problems))
        {
            return problems[0];
        }

        _lease = installer.Hold(assignment.Lock);
        var outcome = await TimeLimit.RunAsync<AnswerBody>(
            "Loading the test package and constructing its tests (setUpTimeout)",
            Plan.SetUpTimeout,
            options.Clock,
            async token => await AskAsync(FrameKind.Prepare, Prepare, token),
            ct);
        if (!outcome.TryGet(out var answer, out problems))
        {
            return problems[0];
        }

        WorkerLog.ChildReady(_logger, assignment.RunId, _child.Id, options.Clock.GetElapsedTime(began).TotalMilliseconds);
        return answer.Problem;
    }

    public async Task<Outcome<SwarmSetUpResult>> SetUpSwarmAsync(DroneInfo place, CancellationToken ct)
    {
        var answer = await AskAsync(FrameKind.SetUpSwarm, request => new PlaceBody { Request = request, Index = place.Index, Count = place.Count }, ct);
        return answer.Problem is { } problem ? problem : new SwarmSetUpResult(answer.AnySwarmSetUp, answer.SwarmState.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    public async Task<Problem?> SetUpAsync(WorkerPlace place, CancellationToken ct) => (await AskAsync(
        FrameKind.SetUp,
        request => new PlaceBody
        {
            Request = request,
            Index = place.Drone.Index,
            Count = place.Drone.Count,
            Provisional = ShareBody.Of(place.Provisional),
            SwarmState = new(place.SwarmState.ToDictionary(), StringComparer.Ordinal),
        },
        ct)).Problem;

    public void Start(Share share, long start)
    {
        EndBy(start, Plan.Duration);
        _watchingLoad = new OwnedLoop(WatchLoadAsync);
        _child!.Send(FrameCodec.EncodeJson(FrameKind.Start, ShareBody.Of(share, start)));
    }

    public void Update(Share share)
    {
        Volatile.Write(ref _epoch, Math.Max(_epoch, share.Epoch));
        _child!.Send(FrameCodec.EncodeJson(FrameKind.Update, ShareBody.Of(share)));
    }

    // What the child said before it knew of its newest share does not mean that it is done.
    public WorkAhead LookAhead() => Volatile.Read(ref _aheadEpoch) < Volatile.Read(ref _epoch) ? _ahead with { IsDone = false } : _ahead;

    public void ExtendRight(long until, IReadOnlyList<IterationClaim> claimed) =>
        _child!.Send(FrameCodec.EncodeJson(FrameKind.ExtendRight, new RightBody(until, [.. claimed.Select(ClaimBody.Of)])));

    public void Stop()
    {
        EndBy(options.Clock.GetTimestamp(), TimeSpan.Zero);
        _child!.Send(FrameCodec.Encode(FrameKind.Stop, []));
    }

    public async Task<Problem?> TearDownSwarmAsync(CancellationToken ct) =>
        (await AskAsync(FrameKind.TearDownSwarm, request => new RequestBody(request), ct)).Problem;

    public async ValueTask DisposeAsync()
    {
        if (_child is { } child)
        {
            child.Send(FrameCodec.Encode(FrameKind.End, []));
            await Task.WhenAny(child.Ended, Task.Delay(ToEnd, options.Clock));
            await child.DisposeAsync();
            if (_output!.Dropped > 0)
            {
                WorkerLog.OutputTotal(_logger, _assignment!.RunId, _output.Dropped);
            }
        }

        await _watchingExit;
        if (_watchingLoad is not null)
        {
            await _watchingLoad.DisposeAsync();
        }

        _lease?.Dispose();
        _snapshots.Writer.TryComplete();
        _completion.TrySetResult(null);
    }

    private PrepareBody Prepare(int request) => new()
    {
        Request = request,
        RunId = _assignment!.RunId,
        Drone = _assignment.Drone,
        Incarnation = _assignment.Incarnation,
        Plan = PlanFile.Write(Plan),
        Lock = PackageLockJson.Write(_assignment.Lock),
        CacheFolder = Path.GetFullPath(options.Packages.CacheFolder),
        Secrets = NamedSecrets(),
        Targets = _assignment.Targets.Patterns,
        LogLevel = Enum.GetValues<LogLevel>().First(level => level == LogLevel.None || _logger.IsEnabled(level)),
    };

    private Dictionary<string, string> NamedSecrets() => Plan.Scenarios
        .SelectMany(scenario => Plan.Parameters.SetItems(scenario.Parameters).Values)
        .Select(value => value.Secret)
        .OfType<string>()
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Where(options.Secrets.ContainsKey)
        .ToDictionary(name => name, name => options.Secrets[name]);

    private async Task<AnswerBody> AskAsync<T>(FrameKind kind, Func<int, T> body, CancellationToken ct)
    {
        var request = Interlocked.Increment(ref _request);
        var answer = _requests[request] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _child!.Send(FrameCodec.EncodeJson(kind, body(request)));
        if (Volatile.Read(ref _ended) is { } ended)
        {
            answer.TrySetResult(AnswerBody.To(request, ended));
        }

        await using var cancelling = ct.Register(() => _child.Send(FrameCodec.EncodeJson(FrameKind.Cancel, new RequestBody(request))));
        return await answer.Task;
    }

    private void Receive(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Answer when FrameCodec.Body<AnswerBody>(frame) is var answer:
                if (_requests.TryRemove(answer.Request, out var asked))
                {
                    asked.TrySetResult(answer);
                }

                break;
            case FrameKind.Snapshot:
                var head = frame.Body.Span;
                _snapshots.Writer.TryWrite(new(
                    BinaryPrimitives.ReadInt64LittleEndian(head),
                    TimeSpan.FromTicks(BinaryPrimitives.ReadInt64LittleEndian(head[8..])),
                    head[16] != 0,
                    frame.Body[17..]));
                break;
            case FrameKind.Completed:
                Interlocked.Exchange(ref _deadline, long.MaxValue);
                _completion.TrySetResult(FrameCodec.Body<AnswerBody>(frame).Problem);
                _snapshots.Writer.TryComplete();
                break;
            case FrameKind.Ahead when FrameCodec.Body<AheadBody>(frame) is var ahead:
                _ahead = new([.. ahead.Claims.Select(claim => claim.ToClaim())], ahead.IsDone);
                Volatile.Write(ref _aheadEpoch, ahead.Epoch);
                break;
            case FrameKind.Log:
                _log.Write(FrameCodec.Body<LogBody>(frame));
                break;
            default:
                break;
        }
    }

    // Whatever waits for the child learns that it has ended, and how.
    private async Task WatchExitAsync(ChildProcess child)
    {
        var problem = (await child.Ended).AsProblem(_assignment!.Lock.Root.ToString());
        Volatile.Write(ref _ended, problem);
        foreach (var (request, asked) in _requests)
        {
            asked.TrySetResult(AnswerBody.To(request, problem));
        }

        _completion.TrySetResult(problem);
        _snapshots.Writer.TryComplete();
    }

    private void EndBy(long from, TimeSpan load)
    {
        var allowed = load + (Plan.Grace * 2) + PastGraces;
        var deadline = from + (long)(allowed.TotalSeconds * options.Clock.TimestampFrequency);
        var seen = Interlocked.Read(ref _deadline);
        if (deadline < seen)
        {
            Interlocked.CompareExchange(ref _deadline, deadline, seen);
        }
    }

    // A test may hold every thread of its process, so that not even what ends it gets one.
    private async Task WatchLoadAsync(CancellationToken ct)
    {
        while (!_completion.Task.IsCompleted)
        {
            if (options.Clock.GetTimestamp() > Interlocked.Read(ref _deadline))
            {
                _child!.Kill($"it had not ended {PastGraces.TotalSeconds:0} s past its load and twice its grace, as when iterations never return and keep every thread busy");
                return;
            }

            await Task.Delay(LookEvery, options.Clock, ct);
        }
    }
}
