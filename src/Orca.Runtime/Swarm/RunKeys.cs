namespace Orca.Swarm;

/// <summary>The names of one run's shared state and channels.</summary>
internal sealed class RunKeys(string prefix)
{
    /// <summary>Everything of a run is kept so long after its last write.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public SwarmKey Document { get; } = new(prefix, Lifetime);

    public SwarmKey Members { get; } = new(prefix + ":members", Lifetime);

    public SwarmKey Heartbeats { get; } = new(prefix + ":heartbeats", Lifetime);

    public SwarmKey Snapshots { get; } = new(prefix + ":snapshots", Lifetime);

    public SwarmKey Series { get; } = new(prefix + ":series", Lifetime);

    public SwarmKey Events { get; } = new(prefix + ":events", Lifetime);

    public SwarmKey Requests { get; } = new(prefix + ":requests", Lifetime);

    public SwarmKey Lease { get; } = new(prefix + ":lease", Lifetime);

    public string LeaderChannel { get; } = prefix + ":leader";

    public string DronesChannel { get; } = prefix + ":drones";
}
