using System.Text.RegularExpressions;

namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>One chart or table of a dashboard.</summary>
/// <param name="Title">What it says above it.</param>
/// <param name="Kind">How it looks.</param>
/// <param name="Filter">Which documents it is about, in Kibana's query language.</param>
internal sealed partial record Panel(string Title, PanelKind Kind, string Filter)
{
    public DataView View { get; init; } = DataView.Intervals;

    public IReadOnlyList<PanelValue> Values { get; init; } = [];

    public PanelAxis Axis { get; init; } = PanelAxis.Time;

    /// <summary>The fields whose every value has a line or row of its own; the first by the greatest first value.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>How many of them.</summary>
    public int Top { get; init; } = 10;

    /// <summary>Whether the run's events are marked.</summary>
    public bool MarksEvents { get; init; }

    /// <summary>Columns of the dashboard's 48.</summary>
    public int Width { get; init; } = 24;

    public int Height { get; init; } = 12;

    /// <summary>Every field of the panel's data view that it needs.</summary>
    public IEnumerable<string> Fields =>
    [
        .. Axis switch { PanelAxis.Time => [PanelValue.NewestBy], PanelAxis.Elapsed => [LensPanel.ElapsedField], _ => (string[])[] },
        .. By,
        .. Values.SelectMany(value => value.Over is { } over ? new[] { value.Field, over } : [value.Field]),
        .. FilteredFields().Matches(Filter).Select(match => match.Groups["field"].Value),
    ];

    [GeneratedRegex(@"(?<field>[@\w.]+)\s*:")]
    private static partial Regex FilteredFields();
}
