namespace Orca.Plans;

/// <summary>One line that a run is judged by: <c>checkout/pay errors &lt; 0.5%</c>.</summary>
public sealed record Threshold
{
    /// <summary>Gets the threshold as the plan wrote it.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the scenario's name; <c>swarm</c> stands for all scenarios.</summary>
    public required string Scenario { get; init; }

    /// <summary>Gets the step's name, or <see langword="null"/> for iterations.</summary>
    public string? Step { get; init; }

    /// <summary>Gets what is measured.</summary>
    public required Statistic Statistic { get; init; }

    /// <summary>Gets how it is compared: <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>==</c> or <c>!=</c>.</summary>
    public required string Operator { get; init; }

    /// <summary>Gets the value compared with: milliseconds for times, a share of 0 to 1 where <see cref="InPercent"/>, per second for rates, else a plain number.</summary>
    public required double Value { get; init; }

    /// <summary>Gets whether the value was written in percent, and so compares a share.</summary>
    public bool InPercent { get; init; }

    /// <summary>Gets the run time before which it is not judged while the run goes. Default: 0.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Gets whether its failing ends the run. Default: no.</summary>
    public bool Abort { get; init; }
}
