namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>A value that a panel shows.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Operation">How it is made of many.</param>
/// <param name="Field">The field.</param>
internal sealed record PanelValue(string Label, PanelOperation Operation, string Field)
{
    /// <summary>The percentile, of <see cref="PanelOperation.Percentile"/>.</summary>
    public double Percentile { get; init; }

    /// <summary>The field below the line, of <see cref="PanelOperation.Ratio"/>.</summary>
    public string? Over { get; init; }

    /// <summary>Whether the sum is shown per second.</summary>
    public bool PerSecond { get; init; }

    /// <summary>The unit, put after the number; <c>%</c> for a share, <c>B</c> for bytes.</summary>
    public string? Unit { get; init; }

    /// <summary>The type of a field that is no number.</summary>
    public string DataType { get; init; } = "number";

    /// <summary>The time field that says which document is the newest.</summary>
    public const string NewestBy = "@timestamp";

    public static PanelValue PerSecondOf(string label, string field) => new(label, PanelOperation.Sum, field) { PerSecond = true };

    public static PanelValue SumOf(string label, string field) => new(label, PanelOperation.Sum, field);

    public static PanelValue MaxOf(string label, string field, string? unit = null) => new(label, PanelOperation.Max, field) { Unit = unit };

    public static PanelValue PercentileOf(double percentile, string histogram) =>
        new($"p{percentile.ToString(System.Globalization.CultureInfo.InvariantCulture)}", PanelOperation.Percentile, histogram) { Percentile = percentile, Unit = " ms" };

    public static PanelValue ShareOf(string label, string part, string whole) => new(label, PanelOperation.Ratio, part) { Over = whole, Unit = "%" };

    public static PanelValue LastOf(string label, string field, string dataType = "number", string? unit = null) =>
        new(label, PanelOperation.Last, field) { DataType = dataType, Unit = unit };
}
