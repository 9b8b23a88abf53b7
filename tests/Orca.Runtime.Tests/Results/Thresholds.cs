using Orca.Plans;

namespace Orca.Tests.Results;

/// <summary>Thresholds by hand: scenario and step from the text, the rest as given.</summary>
internal static class Thresholds
{
    public static Threshold That(string text, Statistic statistic, string comparison, double value, bool percent = false)
    {
        var where = text.Split(' ')[0].Split('/');
        return new()
        {
            Text = text,
            Scenario = where[0],
            Step = where.Length > 1 ? where[1] : null,
            Statistic = statistic,
            Operator = comparison,
            Value = value,
            InPercent = percent,
        };
    }

    public static Statistic Percentile(double percentile) => new(StatisticKind.Percentile) { Percentile = percentile };
}
