using Orca.Results.Elasticsearch.Documents;

namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>What Kibana calls the indices that charts read.</summary>
/// <param name="Id">Its fixed id, so that importing again replaces it.</param>
/// <param name="Pattern">The names of its streams or indices.</param>
/// <param name="Name">What it is called.</param>
internal sealed record DataView(string Id, string Pattern, string Name)
{
    public static DataView Intervals { get; } = new("orca-intervals", IndexNames.IntervalsPrefix + "*", "Orca intervals");

    public static DataView Events { get; } = new("orca-events", IndexNames.EventsPrefix + "*", "Orca events");

    public static DataView Runs { get; } = new("orca-runs", IndexNames.RunsPrefix + "*", "Orca runs");

    public static IReadOnlyList<DataView> All { get; } = [Intervals, Events, Runs];
}
