using Orca.Measurement;

namespace Orca.Execution;

/// <summary>A running step of a user. Used again when it has ended and its result was taken.</summary>
internal abstract class UserStep : Step
{
    private readonly SimulatedUser _user;
    private MeasuredPart _part;
    private StepHttp? _http;
    private string _name = "";
    private string? _failKind;
    private string? _failMessage;
    private long _thoughtBefore;
    private int _suspendedOn;
    private volatile bool _isAwaited;

    protected UserStep(SimulatedUser user) => _user = user;

    public override string Name => _name;

    public override HttpClient Http => (_http ??= new StepHttp(_user, this)).Client;

    /// <summary>The number of its name.</summary>
    public int Number { get; private set; }

    public long Began { get; private set; }

    /// <summary>The step that was innermost when this one began, while both are open; the next one where it lies spare.</summary>
    public UserStep? Outer { get; set; }

    /// <summary>Whether it is known not to lie strictly within the steps around it.</summary>
    public bool IsOverlapping { get; set; }

    protected SimulatedUser User => _user;

    public void Begin(string name, long now)
    {
        _name = name;
        _part = _user.Part;
        (_failKind, _failMessage) = (null, null);
        (_suspendedOn, _isAwaited) = (0, false);
        _thoughtBefore = _user.Steps.ThoughtTime;
        Number = _user.Load.Recorder.StepOf(name);
        Began = now;
    }

    /// <summary>Whether code that began this step has gone on without waiting for it, and now, on this thread, begins another.</summary>
    /// <remarks>
    /// Between its suspension and its caller's <see langword="await"/> lie some nanoseconds in which its own action may begin a
    /// step within it on another thread; so elsewhere only a step that has been left alone for long counts.
    /// </remarks>
    public bool IsLeftAlone(long now, long longTime) =>
        _suspendedOn != 0 && !_isAwaited && (_suspendedOn == Environment.CurrentManagedThreadId || now - Began > longTime);

    public override void Fail(string kind, string? message = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        if (Interlocked.CompareExchange(ref _failKind, kind, null) is null)
        {
            _failMessage = message;
        }

        _user.Fail(kind, message);
    }

    /// <summary>Closes the step and records it; what the end of the run broke off is not recorded.</summary>
    public void End(Exception? failure)
    {
        var run = _user.Load.Run;
        var time = run.Clock.Now - Began;
        _user.Steps.Close(this);
        if (run.IsClosed || (failure is not null && run.Cut.IsCancellationRequested))
        {
            return;
        }

        if (!IsOverlapping)
        {
            time = Math.Max(0, time - (_user.Steps.ThoughtTime - _thoughtBefore));
        }

        var kind = _failKind ?? (failure is null ? null : ErrorKind.Of(failure));
        _user.Load.Recorder.Step(_part, Number, run.Clock.Nanoseconds(time), kind, _failMessage ?? failure?.Message);
    }

    protected void Suspended() => _suspendedOn = Environment.CurrentManagedThreadId;

    protected void Awaited() => _isAwaited = true;
}
