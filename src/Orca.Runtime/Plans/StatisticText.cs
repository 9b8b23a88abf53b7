using System.Globalization;
using System.Text.RegularExpressions;

namespace Orca.Plans;

/// <summary>Reads the statistic of a threshold: <c>p99.9</c>, <c>service.mean</c>, <c>ok.rate</c>, <c>checks.title</c>, <c>metric.queue.max</c> and the like.</summary>
internal static partial class StatisticText
{
    private const string ServicePrefix = "service.";
    private const string OkPrefix = "ok.";
    private const string FailedPrefix = "failed.";
    private const string ChecksPrefix = "checks.";
    private const string MetricPrefix = "metric.";

    private static readonly string[] Known =
        ["p50", "p90", "p95", "p99", "p99.9", "mean", "min", "max", "service.p99", "ok.p99", "failed.p99", "rate", "count", "errors", "dropped", "checks.<name>", "metric.<name>.<statistic>"];

    public static bool IsTime(Statistic statistic) =>
        statistic.Kind is StatisticKind.Percentile or StatisticKind.Mean or StatisticKind.Min or StatisticKind.Max;

    public static bool IsShare(Statistic statistic) =>
        statistic.Kind is StatisticKind.Errors or StatisticKind.Checks or StatisticKind.Dropped;

    public static bool IsRate(Statistic statistic) =>
        statistic is { Kind: StatisticKind.Rate } or { Kind: StatisticKind.Metric, MetricStatistic: "rate" };

    /// <summary>What a value for it looks like.</summary>
    public static string ValueOf(Statistic statistic) =>
        IsTime(statistic) ? "a time with its unit, such as 250ms or 1.5s"
        : IsShare(statistic) ? "a share of at most 100%, such as 0.5%, or a count"
        : IsRate(statistic) ? "a rate, such as 150/s"
        : "a number without a unit";

    public static Statistic? Parse(string text, bool ofStep, out (string What, string? Advice) error)
    {
        error = ($"'{PlanProblems.Shown(text)}' is no statistic", NearestName.Advice(text, Known));
        if (text.StartsWith(ChecksPrefix, StringComparison.Ordinal))
        {
            return OfIterations(Named(StatisticKind.Checks, text[ChecksPrefix.Length..], null), ofStep, ref error);
        }

        if (text.StartsWith(MetricPrefix, StringComparison.Ordinal))
        {
            var match = MetricStatistic().Match(text, MetricPrefix.Length);
            if (!match.Success)
            {
                error = ($"'{PlanProblems.Shown(text)}' does not end in a statistic of a metric", "Write metric.<name>. and count, sum, rate, last, min, max, mean or a percentile such as p99.");
                return null;
            }

            return OfIterations(Named(StatisticKind.Metric, text[MetricPrefix.Length..match.Index], match.Value[1..]), ofStep, ref error);
        }

        var (service, ok, figure) = Prefixes(text);
        if (Plain(figure) is not { } plain || (service && !IsTime(plain)) || (ok is not null && !IsTime(plain) && plain.Kind is not (StatisticKind.Rate or StatisticKind.Count)))
        {
            return null;
        }

        if (ofStep && (plain.Kind == StatisticKind.Dropped || (ok is not null && IsTime(plain))))
        {
            error = ($"'{PlanProblems.Shown(text)}' is measured of iterations, not of steps", "Leave the step out, or take another statistic.");
            return null;
        }

        return plain with { OfService = service, Ok = ok };
    }

    private static (bool Service, bool? Ok, string Figure) Prefixes(string text)
    {
        var (service, ok) = (false, (bool?)null);
        while (true)
        {
            if (!service && text.StartsWith(ServicePrefix, StringComparison.Ordinal))
            {
                (service, text) = (true, text[ServicePrefix.Length..]);
            }
            else if (ok is null && text.StartsWith(OkPrefix, StringComparison.Ordinal))
            {
                (ok, text) = (true, text[OkPrefix.Length..]);
            }
            else if (ok is null && text.StartsWith(FailedPrefix, StringComparison.Ordinal))
            {
                (ok, text) = (false, text[FailedPrefix.Length..]);
            }
            else
            {
                return (service, ok, text);
            }
        }
    }

    private static Statistic? Plain(string text) => text switch
    {
        "mean" => new Statistic(StatisticKind.Mean),
        "min" => new Statistic(StatisticKind.Min),
        "max" => new Statistic(StatisticKind.Max),
        "rate" => new Statistic(StatisticKind.Rate),
        "count" => new Statistic(StatisticKind.Count),
        "errors" => new Statistic(StatisticKind.Errors),
        "dropped" => new Statistic(StatisticKind.Dropped),
        ['p', .. var digits] when TryPercentile(digits, out var percentile) => new Statistic(StatisticKind.Percentile) { Percentile = percentile },
        _ => null,
    };

    private static bool TryPercentile(string digits, out double percentile) =>
        double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percentile)
        && digits.Length <= 12
        && percentile is > 0 and <= 100;

    private static Statistic? Named(StatisticKind kind, string raw, string? metricStatistic)
    {
        var name = ThresholdText.Unquote(raw);
        return name.Length == 0 || (metricStatistic is ['p', .. var digits] && !TryPercentile(digits, out _))
            ? null
            : new Statistic(kind) { Name = name, MetricStatistic = metricStatistic };
    }

    private static Statistic? OfIterations(Statistic? statistic, bool ofStep, ref (string What, string? Advice) error)
    {
        if (statistic is not null && ofStep)
        {
            error = ("checks and metrics are counted of scenarios, not of steps", "Leave the step out.");
            return null;
        }

        return statistic;
    }

    // The leftmost that fits, so that a percentile with decimals is taken whole and a name may hold dots.
    [GeneratedRegex(@"\.(count|sum|rate|last|min|max|mean|p[0-9]{1,3}(\.[0-9]{1,6})?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MetricStatistic();
}
