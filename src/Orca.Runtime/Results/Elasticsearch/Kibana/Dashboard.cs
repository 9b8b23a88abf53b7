namespace Orca.Results.Elasticsearch.Kibana;

/// <summary>A dashboard.</summary>
/// <param name="Id">Its fixed id, so that importing again replaces it.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Panels">Its panels, from the top left.</param>
/// <param name="SingleRun">Whether it is meant for one run at a time.</param>
internal sealed record Dashboard(string Id, string Title, string Description, IReadOnlyList<Panel> Panels, bool SingleRun);
