namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>How the values of many documents become one.</summary>
internal enum PanelOperation
{
    Sum,
    Max,
    Percentile,

    /// <summary>The newest; the only one that goes with words.</summary>
    Last,

    /// <summary>One sum over another.</summary>
    Ratio,
}
