using System.Diagnostics.CodeAnalysis;

namespace Orca.Execution;

/// <summary>A virtual user: what its test sees of it.</summary>
internal abstract class SimulatedUser(ScenarioLoad load, long id) : UserLoop(load, id)
{
    private OpenSteps? _steps;
    private UserHttp? _http;
    private UserRandom? _random;
    private Think? _think;

    public OpenSteps Steps => _steps ?? AddSteps();

    private UserRandom OwnRandom => _random ?? Interlocked.CompareExchange(ref _random, new UserRandom(this), null) ?? _random;

    public override Random Random => OwnRandom.OfTest;

    public override HttpClient Http => OwnHttp.Client;

    public UserHttp OwnHttp => _http ?? Interlocked.CompareExchange(ref _http, new UserHttp(this), null) ?? _http;

    public int StepForHttp => _steps?.NumberForHttp() ?? Load.HttpStep;

    public override ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> action) =>
        StepAsync(name, action, static (action, _, ct) => action(ct));

    public override ValueTask StepAsync(string name, Func<Step, CancellationToken, ValueTask> action) =>
        StepAsync(name, action, static (action, step, ct) => action(step, ct));

    public override ValueTask<T> StepAsync<T>(string name, Func<CancellationToken, ValueTask<T>> action) =>
        StepAsync(name, action, static (action, _, ct) => action(ct));

    public override ValueTask<T> StepAsync<T>(string name, Func<Step, CancellationToken, ValueTask<T>> action) =>
        StepAsync(name, action, static (action, step, ct) => action(step, ct));

    [SuppressMessage("Usage", "VSTHRD002", Justification = "The task has completed.")]
    public override ValueTask StepAsync<TState>(string name, TState state, Func<TState, Step, CancellationToken, ValueTask> action)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var step = Steps.BeginAction(name);
        try
        {
            var running = action(state, step, Load.Run.Cut);
            if (!running.IsCompleted)
            {
                return step.Await(running);
            }

            running.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            step.End(e);
            Steps.Return(step);
            return ValueTask.FromException(e);
        }

        step.End(null);
        Steps.Return(step);
        return default;
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "The task has completed.")]
    public override ValueTask<T> StepAsync<TState, T>(string name, TState state, Func<TState, Step, CancellationToken, ValueTask<T>> action)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var step = Steps.BeginFunction<T>(name);
        T result;
        try
        {
            var running = action(state, step, Load.Run.Cut);
            if (!running.IsCompleted)
            {
                return step.Await(running);
            }

            result = running.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            step.End(e);
            Steps.Return(step);
            return ValueTask.FromException<T>(e);
        }

        step.End(null);
        Steps.Return(step);
        return new ValueTask<T>(result);
    }

    public override bool Check(string name, bool passed)
    {
        if (!Load.Run.IsClosed)
        {
            Load.Recorder.Check(Part, name, passed);
        }

        return passed;
    }

    public override void Count(string metric, long amount = 1)
    {
        if (!Load.Run.IsClosed)
        {
            Load.Recorder.Count(Part, metric, amount);
        }
    }

    public override void Gauge(string metric, double value)
    {
        if (!Load.Run.IsClosed)
        {
            Load.Recorder.Gauge(Part, metric, value);
        }
    }

    public override void Record(string metric, long value)
    {
        if (!Load.Run.IsClosed)
        {
            Load.Recorder.Record(Part, metric, value);
        }
    }

    public override ValueTask ThinkAsync(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        var now = Load.Run.Clock.Now;
        return WaitUntil(now + Load.Run.Clock.Units(duration), now);
    }

    public override ValueTask ThinkAsync(TimeSpan min, TimeSpan max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(min, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
        return ThinkAsync(min + ((max - min) * OwnRandom.NextOfThinking()));
    }

    public override ValueTask PaceAsync(TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        return WaitUntil(Began + Load.Run.Clock.Units(period), Load.Run.Clock.Now);
    }

    public override void Thought(long since) => Volatile.Read(ref _steps)?.Thought(since);

    /// <summary>Releases what the user holds, once it is stopped.</summary>
    public void Release() => _http?.Dispose();

    protected override UserStep? BeginStartStep() => Load.StartsUsers ? Steps.BeginAction(StepNames.StartUser) : null;

    // Most users make no step while they wait; those that do make it again in their first iteration.
    protected override void StartStepEnded()
    {
        if (_steps is { IsEmpty: true })
        {
            _steps = null;
        }
    }

    protected override void IterationEnded()
    {
        _random?.IterationEnded();
        _http?.IterationEnded();
    }

    protected override bool TryRelyOnThink(ValueTask task) => Volatile.Read(ref _think)?.TryRelyOn(task) ?? false;

    private ValueTask WaitUntil(long due, long now)
    {
        if (Load.Run.Cut.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(Load.Run.Cut);
        }

        if (due <= now)
        {
            return default;
        }

        // A user may wait in several places at once; each beyond the first makes one more.
        var think = Volatile.Read(ref _think);
        if (think is null || !think.TryBegin(now, out var wait))
        {
            think = new Think(this);
            think.TryBegin(now, out wait);
            Volatile.Write(ref _think, think);
        }

        Load.Run.Wheel.Add(think, due);
        return wait;
    }

    private OpenSteps AddSteps() => Interlocked.CompareExchange(ref _steps, new OpenSteps(this), null) ?? _steps;
}
