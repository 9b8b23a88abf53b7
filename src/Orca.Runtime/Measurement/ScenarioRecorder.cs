using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Orca.Measurement;

/// <summary>Records one scenario's measurements, from any thread.</summary>
/// <remarks>Each thread writes to a shard of its own; reading adds the shards up.</remarks>
internal sealed class ScenarioRecorder
{
    private readonly int _precision;
    private readonly ShardSlot _slot = new();
    private readonly int _slotNumber;
    private readonly Lock _lock = new();
    private readonly NameTable _steps = new();
    private readonly NameTable _checks = new();
    private readonly NameTable _metrics = new();
    private readonly NameTable _errorKinds = new();
    private readonly ErrorSamples _samples = new();
    private readonly MetricDirectory _directory = new();
    private volatile ScenarioShard[] _shards = [];
    private int _users;

    public ScenarioRecorder(string name, int precision)
    {
        (Name, _precision) = (name, precision);
        _slotNumber = _slot.Number;
    }

    public string Name { get; }

    /// <summary>One for each thread that recorded at the same time.</summary>
    public IReadOnlyList<ScenarioShard> Shards => _shards;

    /// <summary>Users that are started now.</summary>
    public int Users => Volatile.Read(ref _users);

    public void UsersStarted(int count = 1) => Interlocked.Add(ref _users, count);

    public void UsersStopped(int count = 1) => Interlocked.Add(ref _users, -count);

    /// <summary>The number of a step's name, for the recording calls; the capped rest shares that of <c>(other)</c>.</summary>
    public int StepOf(string name) => _steps.NumberOf(name);

    /// <summary>An iteration was started.</summary>
    public void Started(MeasuredPart part) => Shard[part].Started++;

    /// <summary>An arrival started so late, in nanoseconds.</summary>
    public void Late(MeasuredPart part, long lateness) => Shard[part].Lateness.Record(lateness);

    public void Dropped(MeasuredPart part, long count = 1) => Shard[part].Dropped += count;

    public void Missed(MeasuredPart part, long count = 1) => Shard[part].Missed += count;

    public void Interrupted(MeasuredPart part, long count = 1) => Shard[part].Interrupted += count;

    public void UserTime(MeasuredPart part, TimeSpan time) => Shard[part].UserTicks += time.Ticks;

    /// <summary>A finished iteration; times in nanoseconds; a null error kind means it passed.</summary>
    public void Iteration(MeasuredPart part, long response, long service, string? errorKind = null, string? message = null)
    {
        var shard = Shard;
        var set = shard[part];
        if (errorKind is null)
        {
            set.ServiceOk.Record(service);
            set.ResponseOk.Record(response);
        }
        else
        {
            Error(shard, set.Errors, part, ErrorSamples.OfIterations, errorKind, message);
            set.ServiceFailed.Record(service);
            set.ResponseFailed.Record(response);
        }
    }

    /// <summary>A step that ended; its time in nanoseconds; a null error kind means it passed.</summary>
    public void Step(MeasuredPart part, int step, long service, string? errorKind = null, string? message = null)
    {
        var shard = Shard;
        var measured = shard[part].Step(step);
        CountOver(shard, step);
        if (errorKind is null)
        {
            measured.Ok++;
        }
        else
        {
            measured.Failed++;
            Error(shard, measured.Errors, part, step, errorKind, message);
        }

        measured.Service.Record(service);
    }

    /// <summary>An HTTP request of a step that was answered; times in nanoseconds since it was sent, negative where it never came so far.</summary>
    public void Http(MeasuredPart part, int step, int status, long bytesSent, long bytesReceived, long firstByte, long total)
    {
        var http = Shard[part].Step(step).HttpOrNew();
        http.Requests++;
        http.BytesSent += bytesSent;
        http.BytesReceived += bytesReceived;
        http.Statuses.Count(status);
        if (firstByte >= 0)
        {
            http.FirstByte.Record(firstByte);
        }

        if (total >= 0)
        {
            http.Total.Record(total);
        }
    }

    /// <summary>An HTTP request of a step that ended without a whole response.</summary>
    public void HttpBroken(MeasuredPart part, int step, long bytesSent, string errorKind, string? message)
    {
        var shard = Shard;
        var http = shard[part].Step(step).HttpOrNew();
        http.Requests++;
        http.Broken++;
        http.BytesSent += bytesSent;
        Error(shard, http.Errors, part, step, errorKind, message);
    }

    public void Check(MeasuredPart part, string name, bool passed)
    {
        var shard = Shard;
        var check = shard.Checks.NumberOf(name, _checks);
        CountOver(shard, check);
        shard[part].Check(check, passed);
    }

    /// <summary>Adds to a counter.</summary>
    public void Count(MeasuredPart part, string metric, long amount)
    {
        if (TryMetric(part, metric, MetricKind.Counter, out var measured, out _))
        {
            measured.Count(amount);
        }
    }

    /// <summary>Sets a gauge; what is no finite number is rejected.</summary>
    public void Gauge(MeasuredPart part, string metric, double value)
    {
        if (!TryMetric(part, metric, MetricKind.Gauge, out var measured, out var number))
        {
            return;
        }

        if (double.IsFinite(value))
        {
            _directory.SetLast(part, number, value);
            measured.Gauge(value);
        }
        else
        {
            measured.Rejected++;
        }
    }

    /// <summary>Records a value of a distribution.</summary>
    public void Record(MeasuredPart part, string metric, long value)
    {
        if (TryMetric(part, metric, MetricKind.Distribution, out var measured, out _))
        {
            measured.Record(value);
        }
    }

    /// <summary>All that was recorded so far.</summary>
    public ScenarioSnapshot Cut()
    {
        Interlocked.MemoryBarrier();
        var shards = _shards;
        var (measured, warmUp) = (new MeasurementSet(_precision), new MeasurementSet(_precision));
        var reader = new ShardReader(_precision, _steps, _checks, _metrics, _errorKinds, _samples, _directory);
        foreach (var shard in shards)
        {
            reader.AddEnds(MeasuredPart.Measured, shard.Measured, measured);
            reader.AddEnds(MeasuredPart.WarmUp, shard.WarmUp, warmUp);
        }

        // An iteration may start on one thread and end on another: with the starts read after all the ends, none has ended that was not started.
        Interlocked.MemoryBarrier();
        var over = 0L;
        foreach (var shard in _shards)
        {
            ShardReader.AddStarts(shard.Measured, measured);
            ShardReader.AddStarts(shard.WarmUp, warmUp);
            over += shard.NamesOverCap;
        }

        return new() { Name = Name, Measured = measured, WarmUp = warmUp, Users = Math.Max(0, Users), NamesOverCap = over };
    }

    private ScenarioShard Shard
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ShardTable.Find(_slotNumber) ?? AddShard();
    }

    private ScenarioShard AddShard()
    {
        ScenarioShard? shard;
        lock (_lock)
        {
            // A pool replaces its threads over hours: the shard of one that has ended goes on with the next.
            shard = Array.Find(_shards, s => !s.Owner.IsAlive);
            if (shard is null)
            {
                shard = new(_precision);
                _shards = [.. _shards, shard];
            }

            shard.Owner = Thread.CurrentThread;
        }

        ShardTable.Put(_slotNumber, shard);
        GC.KeepAlive(_slot);
        return shard;
    }

    private void Error(ScenarioShard shard, CodeCounts errors, MeasuredPart part, int step, string errorKind, string? message)
    {
        var kind = shard.ErrorKinds.NumberOf(errorKind, _errorKinds);
        CountOver(shard, kind);
        errors.Count(kind);
        if (message is not null)
        {
            _samples.Offer(part, step, kind, message);
        }
    }

    private bool TryMetric(MeasuredPart part, string name, MetricKind kind, [NotNullWhen(true)] out MetricShard? measured, out int number)
    {
        var shard = Shard;
        number = shard.Metrics.NumberOf(name, _metrics);
        CountOver(shard, number);
        measured = shard[part].Metric(number);
        if (_directory.Is(number, kind))
        {
            return true;
        }

        measured.Rejected++;
        return false;
    }

    private static void CountOver(ScenarioShard shard, int number)
    {
        if (number == NameTable.Other)
        {
            shard.NamesOverCap++;
        }
    }
}
