using Orca.Hosting.Drones;

namespace Orca.Hosting;

/// <summary>A leader and its drones in one process. Bound from the configuration section <c>Orca</c>.</summary>
public sealed class OrcaSwarmOptions : OrcaLeaderOptions
{
    /// <inheritdoc cref="OrcaDroneOptions.Drones"/>
    public int Drones { get; set; } = 1;

    /// <inheritdoc cref="OrcaDroneOptions.AllowedPackages"/>
    public IList<string> AllowedPackages { get; } = [];

    /// <inheritdoc cref="OrcaDroneOptions.AllowedTargets"/>
    public IList<string> AllowedTargets { get; } = [];

    /// <inheritdoc cref="OrcaDroneOptions.Isolation"/>
    public TestIsolation? Isolation { get; set; }

    /// <inheritdoc cref="OrcaDroneOptions.MemoryLimit"/>
    public long? MemoryLimit { get; set; }

    /// <inheritdoc cref="OrcaDroneOptions.PassedVariables"/>
    public IList<string> PassedVariables { get; } = [];

    /// <inheritdoc cref="OrcaDroneOptions.Secrets"/>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc cref="OrcaDroneOptions.SeparateCaches"/>
    public bool SeparateCaches { get; set; }

    /// <summary>Gets or sets the number, from 1, of a drone that ends without warning while the load runs, as in a crash: a rehearsal. Default: none.</summary>
    public int? KillDrone { get; set; }

    /// <summary>Gets or sets the run time at which <see cref="KillDrone"/> ends. Default: 10 s.</summary>
    public TimeSpan KillDroneAt { get; set; } = TimeSpan.FromSeconds(10);

    internal DroneKill? Kill => KillDrone is { } number ? new(number, KillDroneAt) : null;

    internal OrcaDroneOptions ToDroneOptions()
    {
        var drones = new OrcaDroneOptions
        {
            Swarm = Swarm,
            SwarmKey = SwarmKey,
            NuGetConfigRoot = NuGetConfigRoot,
            Cache = Cache,
            CacheLimit = CacheLimit,
            Isolation = Isolation,
            MemoryLimit = MemoryLimit,
            Profile = Profile,
            Name = "drone",
            Drones = Drones,
            SeparateCaches = SeparateCaches,
        };
        Feeds.ToList().ForEach(drones.Feeds.Add);
        AllowedPackages.ToList().ForEach(drones.AllowedPackages.Add);
        AllowedTargets.ToList().ForEach(drones.AllowedTargets.Add);
        PassedVariables.ToList().ForEach(drones.PassedVariables.Add);
        Secrets.ToList().ForEach(drones.Secrets.Add);
        return drones;
    }
}
