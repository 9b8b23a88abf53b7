namespace Orca.Plans;

/// <summary>What a plan may ask for at most: wide enough for any swarm, narrow enough that the exact arithmetic of schedules cannot overflow.</summary>
/// <remarks>
/// Rates are counted in millionths per second (a, b ≤ 10¹²), time in ticks (D, t ≤ 7 days &lt; 6.05·10¹²), and an arrival is
/// <see cref="RateSegment.UnitsPerArrival"/> = 2·10¹³ units of the rate's integral. All stages of a scenario together last 7 days at most, so
/// the whole integral is at most (a + b)·D &lt; 1.21·10²⁵ units, and the greatest product formed, that times D, is below 7.4·10³⁷ &lt; 2¹²⁷ ≈ 1.7·10³⁸.
/// User-time is at most 10⁶ users · 6.05·10¹² ticks &lt; 2⁶³ ≈ 9.2·10¹⁸.
/// </remarks>
internal static class PlanLimits
{
    /// <summary>The greatest rate, per second.</summary>
    public const decimal MostRate = 1_000_000m;

    /// <summary>Rates have at most six decimals.</summary>
    public const int MicroPerUnit = 1_000_000;

    /// <summary>The most users of a users or iterations stage.</summary>
    public const int MostUsers = 1_000_000;

    /// <summary>The most users that rate stages may use: two seconds of the greatest rate.</summary>
    public const int MostRateUsers = 2_000_000;

    /// <summary>The fewest users that rate stages may use unless set.</summary>
    public const int LeastDefaultRateUsers = 100;

    public const long MostIterations = 1_000_000_000_000;

    public const int MostDrones = 10_000;

    public const int MostStages = 1_000;

    public const int MostScenarios = 100;

    public const int MostThresholds = 1_000;

    public const int MostParameters = 1_000;

    public const int MostTags = 100;

    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 100;

    /// <summary>The most characters of a text: a parameter, a tag, the target.</summary>
    public const int LongestText = 16_384;

    /// <summary>The most characters of a whole layer.</summary>
    public const int LongestLayer = 4 * 1024 * 1024;

    /// <summary>From run time 0 to the end of a scenario's last stage.</summary>
    public static TimeSpan LongestScenario { get; } = TimeSpan.FromDays(7);
}
