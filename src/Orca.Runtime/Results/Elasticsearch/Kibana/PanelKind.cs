namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>How a panel looks.</summary>
internal enum PanelKind
{
    Line,
    Area,
    Bar,
    Table,
    Number,
    HeatMap,
}
