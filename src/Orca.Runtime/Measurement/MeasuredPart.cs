namespace Orca.Measurement;

/// <summary>Which set a measurement goes to; chosen by the iteration's intended start.</summary>
internal enum MeasuredPart
{
    WarmUp,
    Measured,
}
