using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Orca.Packages;
using Orca.Plans;

namespace Orca.Runs.Workers.Child;

/// <summary>Answers a drone's frames with the worker that runs the test in this process.</summary>
internal sealed class ChildSession(Stream output) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<int, CancellationTokenSource> _running = new();
    private readonly Lock _writing = new();
    private readonly ManualResetEvent _ended = new(initialState: false);
    private InProcessWorker? _worker;
    private ForwardedLoggers? _loggers;
    private Task _pumping = Task.CompletedTask;
    private int _epoch;

    /// <summary>Ends once the drone has said that it is over.</summary>
    public Task Over => _over.Task;

    /// <summary>Reads frames on the calling thread until the drone is gone, and this process with it.</summary>
    public void Listen(Stream input)
    {
        while (FrameCodec.Read(input) is { } frame)
        {
            Take(frame);
        }

        // Nobody is left who holds the right to load, or would take what is measured.
        ProcessGroup.Kill(Environment.ProcessId);
        Process.GetCurrentProcess().Kill();
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }

        await _pumping;
        _ended.Set();
        if (_loggers is not null)
        {
            await _loggers.DisposeAsync();
        }
    }

    private void Take(in Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Prepare when FrameCodec.Body<PrepareBody>(frame) is var body:
                Answer(body.Request, async token => AnswerBody.To(body.Request, await PrepareAsync(body, token)));
                break;
            case FrameKind.SetUpSwarm when FrameCodec.Body<PlaceBody>(frame) is var body:
                Answer(body.Request, token => SetUpSwarmAsync(body, token));
                break;
            case FrameKind.SetUp when FrameCodec.Body<PlaceBody>(frame) is var body:
                Answer(body.Request, async token => AnswerBody.To(body.Request, await _worker!.SetUpAsync(PlaceOf(body), token)));
                break;
            case FrameKind.TearDownSwarm when FrameCodec.Body<RequestBody>(frame) is var body:
                Answer(body.Request, async token => AnswerBody.To(body.Request, await _worker!.TearDownSwarmAsync(token)));
                break;
            case FrameKind.Cancel:
                if (_running.TryGetValue(FrameCodec.Body<RequestBody>(frame).Request, out var cancelled))
                {
                    _ = cancelled.CancelAsync();
                }

                break;
            case FrameKind.Start when FrameCodec.Body<ShareBody>(frame) is var body:
                _worker!.Start(body.ToShare(), body.Start);
                _pumping = Task.Run(PumpAsync);
                new Thread(LookAhead) { IsBackground = true, Name = "Orca claims" }.Start();
                break;
            case FrameKind.Update when FrameCodec.Body<ShareBody>(frame) is var body:
                _worker!.Update(body.ToShare());
                Volatile.Write(ref _epoch, Math.Max(_epoch, body.Epoch));
                break;
            case FrameKind.ExtendRight:
                var right = FrameCodec.Body<RightBody>(frame);
                _worker!.ExtendRight(right.Until, [.. right.Claimed.Select(claim => claim.ToClaim())]);
                break;
            case FrameKind.Stop:
                _worker!.Stop();
                break;
            case FrameKind.End:
                _over.TrySetResult();
                break;
            default:
                throw new InvalidDataException($"A drone of another version sent a {frame.Kind}.");
        }
    }

    private void Answer(int request, Func<CancellationToken, Task<AnswerBody>> work)
    {
        var cancelled = _running[request] = new();
        _ = Task.Run(async () =>
        {
            try
            {
                Send(FrameCodec.EncodeJson(FrameKind.Answer, await work(cancelled.Token)));
            }
            catch (Exception e)
            {
                var problem = e is OperationCanceledException && cancelled.IsCancellationRequested
                    ? new Problem("It was cancelled.")
                    : new Problem($"The test's process failed with {e.GetType().FullName}: {e.Message}");
                Send(FrameCodec.EncodeJson(FrameKind.Answer, AnswerBody.To(request, problem)));
            }
        });
    }

    private Task<Problem?> PrepareAsync(PrepareBody body, CancellationToken ct)
    {
        if (!PackageLockJson.Read(body.Lock).TryGet(out var pinned, out var problems)
            || !PlanFile.Read([new PlanLayer("run document", body.Plan)], new PlanReading { PackageRequired = true }).TryGet(out var plan, out problems))
        {
            return Task.FromResult<Problem?>(problems[0]);
        }

        _loggers = new ForwardedLoggers(body.LogLevel, log => Send(FrameCodec.EncodeJson(FrameKind.Log, log)));
        _worker = new InProcessWorker(new InProcessWorkerOptions
        {
            Packages = new PackageOptions { ConfigurationRoot = body.CacheFolder, CacheFolder = body.CacheFolder },
            Secrets = new Dictionary<string, string>(body.Secrets, StringComparer.OrdinalIgnoreCase),
            Clock = TimeProvider.System,
            Loggers = _loggers,
            OwnsProcess = true,
        });
        return _worker.PrepareAsync(new(body.RunId, body.Drone, body.Incarnation, plan, pinned) { Targets = new([.. body.Targets]) }, ct);
    }

    private async Task<AnswerBody> SetUpSwarmAsync(PlaceBody body, CancellationToken ct) =>
        (await _worker!.SetUpSwarmAsync(new DroneInfo(body.Index, body.Count), ct)).TryGet(out var result, out var problems)
            ? new AnswerBody { Request = body.Request, AnySwarmSetUp = result.Any, SwarmState = new(result.State.ToDictionary(), StringComparer.Ordinal) }
            : AnswerBody.To(body.Request, problems[0]);

    private static WorkerPlace PlaceOf(PlaceBody body) => new(
        new DroneInfo(body.Index, body.Count),
        body.Provisional!.ToShare(),
        body.SwarmState.ToImmutableSortedDictionary(StringComparer.Ordinal));

    private async Task PumpAsync()
    {
        await foreach (var snapshot in _worker!.Snapshots.ReadAllAsync())
        {
            var body = new byte[17 + snapshot.Bytes.Length];
            BinaryPrimitives.WriteInt64LittleEndian(body, snapshot.Sequence);
            BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(8), snapshot.RunTime.Ticks);
            body[16] = snapshot.Final ? (byte)1 : (byte)0;
            snapshot.Bytes.Span.CopyTo(body.AsSpan(17));
            Send(FrameCodec.Encode(FrameKind.Snapshot, body));
        }

        Send(FrameCodec.EncodeJson(FrameKind.Completed, AnswerBody.To(0, await _worker.Completion)));
    }

    // The drone answers heartbeats with the newest that it has heard; claims reach about a second ahead, so this is soon enough.
    private void LookAhead()
    {
        var said = "";
        while (!_pumping.IsCompleted)
        {
            var epoch = Volatile.Read(ref _epoch);
            var ahead = _worker!.LookAhead();
            var body = new AheadBody([.. ahead.Claims.Select(ClaimBody.Of)], ahead.IsDone, epoch);
            var text = $"{string.Join(';', body.Claims)} {body.IsDone} {epoch}";
            if (text != said)
            {
                Send(FrameCodec.EncodeJson(FrameKind.Ahead, body));
                said = text;
            }

            _ended.WaitOne(LookEvery);
        }
    }

    private void Send(ReadOnlyMemory<byte> frame)
    {
        lock (_writing)
        {
            output.Write(frame.Span);
        }
    }
}
