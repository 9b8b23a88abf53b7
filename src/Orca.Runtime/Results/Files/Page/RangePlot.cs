using System.Globalization;
using Orca.Results.Console;

namespace Orca.Results.Files.Page;

/// <summary>Draws p50, p95 and p99 of a row on one logarithmic scale for the whole table, so that rows are compared at a glance.</summary>
internal sealed class RangePlot(double least, double greatest)
{
    private const double Width = 150;
    private const double Edge = 5;

    private readonly double _from = Math.Log(Math.Max(least, 1e-6));
    private readonly double _span = Math.Max(Math.Log(Math.Max(greatest, 1e-6)) - Math.Log(Math.Max(least, 1e-6)), 1e-9);

    public Trusted Draw(TimeStatistics times)
    {
        var (p50, p95, p99) = (At(times.P50), At(times.P95), At(times.P99));
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} 18\" role=\"img\" aria-label=\"p50 {Figures.Time(times.P50)}, p95 {Figures.Time(times.P95)}, p99 {Figures.Time(times.P99)}\"><path d=\"M{Edge} 9H{Width - Edge}\" stroke=\"var(--soft)\" stroke-width=\"2\"/><path d=\"M{p50:0.#} 9H{p99:0.#}\" stroke=\"var(--max)\" stroke-width=\"2\"/><path d=\"M{p50:0.#} 9H{p95:0.#}\" stroke=\"var(--p90)\" stroke-width=\"5\" stroke-linecap=\"round\" opacity=\".45\"/><circle cx=\"{p50:0.#}\" cy=\"9\" r=\"4\" fill=\"var(--p50)\"/><circle cx=\"{p95:0.#}\" cy=\"9\" r=\"3.200\" fill=\"var(--p95)\"/><circle cx=\"{p99:0.#}\" cy=\"9\" r=\"3.200\" fill=\"var(--p99)\"/></svg>"));
    }

    private double At(double milliseconds) => Edge + (Math.Clamp((Math.Log(Math.Max(milliseconds, 1e-6)) - _from) / _span, 0, 1) * (Width - (2 * Edge)));
}
