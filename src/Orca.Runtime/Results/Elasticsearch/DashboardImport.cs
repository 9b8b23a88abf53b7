using System.Collections.Immutable;

namespace Orca.Results.Elasticsearch;

/// <summary>What was imported into Kibana.</summary>
/// <param name="Objects">How many data views and dashboards.</param>
/// <param name="Dashboards">The addresses of the dashboards.</param>
public sealed record DashboardImport(int Objects, ImmutableArray<string> Dashboards);
