namespace Orca.Plans;

/// <summary>How the arrivals of a rate stage are spaced.</summary>
public enum ArrivalPattern
{
    /// <summary>Evenly, as the rate says.</summary>
    Uniform,

    /// <summary>At random, as a Poisson process of that rate.</summary>
    Poisson,
}
