namespace Orca.Measurement;

/// <summary>The kinds of metrics that tests record.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Distribution,
}
