namespace Orca.Measurement;

/// <summary>What a drone has measured of one scenario.</summary>
internal sealed record ScenarioSnapshot
{
    public required string Name { get; init; }

    public required MeasurementSet Measured { get; init; }

    public required MeasurementSet WarmUp { get; init; }

    /// <summary>Users that are started now.</summary>
    public int Users { get; init; }

    /// <summary>Measurements counted under <c>(other)</c> because the scenario had too many names of their kind.</summary>
    public long NamesOverCap { get; init; }
}
