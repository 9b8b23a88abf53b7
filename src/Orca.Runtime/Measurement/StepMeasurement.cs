namespace Orca.Measurement;

/// <summary>What was measured of one step.</summary>
internal sealed class StepMeasurement(int precision)
{
    public Histogram Service { get; init; } = new(precision);

    public long Ok { get; set; }

    public long Failed { get; set; }

    public Dictionary<string, ErrorCount> Errors { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The HTTP requests that counted in this step, or null where there were none.</summary>
    public HttpMeasurement? Http { get; set; }
}
