namespace Orca.Hosting;

/// <summary>Drones: how many, what they may load, and where from. Bound from the configuration section <c>Orca</c>.</summary>
public sealed class OrcaDroneOptions : OrcaMemberOptions
{
    /// <summary>Gets or sets the drone's name, unique in its swarm, 1 to 60 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>; of several in a process each gets its number behind it. Default: machine and process.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets how many drones this process holds, 1 to 100. Default: 1.</summary>
    public int Drones { get; set; } = 1;

    /// <summary>Gets the ids of the packages that may be loaded, as patterns with <c>*</c> and <c>?</c>; on Redis a drone does not start without. Default: none; any package on an in-memory swarm.</summary>
    public IList<string> AllowedPackages { get; } = [];

    /// <summary>Gets the hosts that may be put under load, as patterns: <c>*.staging.example</c>, <c>localhost:8080</c>. A plan for another target is declined, a request of <c>user.Http</c> to another host fails. Default: none, which allows all.</summary>
    public IList<string> AllowedTargets { get; } = [];

    /// <summary>Gets or sets where tests run. Default: in processes of their own on Redis, in this one on an in-memory swarm.</summary>
    public TestIsolation? Isolation { get; set; }

    /// <summary>Gets or sets how many bytes the managed heap of a test's own process may take, at least 16 MiB. Default: no limit.</summary>
    public long? MemoryLimit { get; set; }

    /// <summary>Gets the names of environment variables, as patterns with <c>*</c> and <c>?</c>, that a test's own process gets beside those that any program needs (paths, language, the runtime's settings, proxies, certificates). Default: none.</summary>
    public IList<string> PassedVariables { get; } = [];

    /// <summary>Gets the secrets that plans refer to, by name; as in all configuration, case does not matter. Default: none.</summary>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets whether each drone keeps a cache of its own below <see cref="OrcaMemberOptions.Cache"/>, as on machines of their own. Default: no.</summary>
    public bool SeparateCaches { get; set; }
}
