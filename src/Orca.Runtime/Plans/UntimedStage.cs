namespace Orca.Plans;

/// <summary>A stage that is yet to be told how long it lasts.</summary>
/// <typeparam name="TStage">The stage's type.</typeparam>
public sealed class UntimedStage<TStage>
    where TStage : LoadStage
{
    private readonly TStage _stage;

    internal UntimedStage(TStage stage) => _stage = stage;

    /// <summary>The stage, for so long.</summary>
    /// <param name="duration">How long.</param>
    public TStage For(TimeSpan duration)
    {
        LoadStage stage = _stage;
        return (TStage)(stage with { Duration = duration });
    }

    /// <summary>The stage, for so long.</summary>
    /// <param name="hours">Hours. Default: 0.</param>
    /// <param name="minutes">Minutes, added to them. Default: 0.</param>
    /// <param name="seconds">Seconds, added to them. Default: 0.</param>
    public TStage For(double hours = 0, double minutes = 0, double seconds = 0) => For(Sum(hours, minutes, seconds));

    internal static TimeSpan Sum(double hours, double minutes, double seconds) =>
        TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(seconds);
}
