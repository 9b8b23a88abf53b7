using System.Collections.Immutable;

namespace Orca.Results.Elasticsearch.Documents;

/// <summary>What every document of a run carries.</summary>
internal sealed class RunIdentity
{
    private const int MostLabels = 30;
    private const int LongestLabel = 256;

    private readonly ImmutableDictionary<string, string> _hosts;

    private RunIdentity(string runId, string name, DateTimeOffset start, IEnumerable<ReportedPackage> packages, IEnumerable<KeyValuePair<string, string>> tags, ImmutableDictionary<string, string> hosts)
    {
        (Run, Start, _hosts) = (new() { Id = runId, Name = name }, start, hosts);
        Service = packages.FirstOrDefault() is { } package ? new() { Name = package.Id, Version = package.Version } : null;
        Labels = LabelsOf(tags);
    }

    public RunPart Run { get; }

    /// <summary>The wall-clock time of run time zero.</summary>
    public DateTimeOffset Start { get; }

    public ServicePart? Service { get; }

    public IReadOnlyDictionary<string, string>? Labels { get; }

    public static RunIdentity Of(RunStarted started) => new(
        started.RunId,
        started.Plan.Name,
        started.StartTime,
        started.Packages,
        Plans.Redaction.Of(started.Plan).Tags,
        HostsOf(started.Drones.Select(drone => (drone.Id, (string?)drone.Host))));

    /// <summary>Of a run that ended before its load began.</summary>
    public static RunIdentity Of(RunReport report) => new(
        report.RunId,
        report.Name,
        report.StartTime ?? report.EndTime,
        report.Packages,
        report.Tags,
        HostsOf(report.Drones.Select(drone => (drone.Id, drone.Host))));

    public HostPart? HostOf(string? drone) => drone is not null && _hosts.TryGetValue(drone, out var host) ? new() { Name = host } : null;

    private static ImmutableDictionary<string, string> HostsOf(IEnumerable<(string Id, string? Host)> drones)
    {
        var hosts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (id, host) in drones)
        {
            if (!string.IsNullOrEmpty(host))
            {
                hosts[id] = host;
            }
        }

        return hosts.ToImmutable();
    }

    // Labels are flat: a dot would make an object of one, which the next run's label of that name could not be.
    private static SortedDictionary<string, string>? LabelsOf(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags.Where(tag => tag.Key.Length > 0).Take(MostLabels))
        {
            labels[key.Replace('.', '_')] = value.Length > LongestLabel ? value[..LongestLabel] : value;
        }

        return labels.Count > 0 ? labels : null;
    }
}
