namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>What a panel's values are laid out along.</summary>
internal enum PanelAxis
{
    /// <summary>The time of day.</summary>
    Time,

    /// <summary>The time since the run's start, so that runs lie over each other.</summary>
    Elapsed,

    /// <summary>Nothing: one value, or one for each name.</summary>
    None,
}
