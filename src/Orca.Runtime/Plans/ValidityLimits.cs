namespace Orca.Plans;

/// <summary>The limits past which the load produced was not the load asked for, and a run's verdict is <c>invalid</c>.</summary>
public sealed record ValidityLimits
{
    /// <summary>The limits that hold unless set.</summary>
    public static ValidityLimits Default { get; } = new();

    /// <summary>Gets the greatest share of arrivals dropped or missed, 0 to 1. Default: 0.01.</summary>
    public double NotStarted { get; init; } = 0.01;

    /// <summary>Gets the p99 of lateness (and of scheduling delay) that is always allowed. Default: 2 ms.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Gets the p99 of lateness (and of scheduling delay), as a share of the service time's p99, that is always allowed. Default: 0.1.</summary>
    public double LatenessOfService { get; init; } = 0.1;

    /// <summary>Gets the least share of the planned arrivals or user-seconds that must be delivered. Default: 0.99.</summary>
    public double Delivered { get; init; } = 0.99;
}
