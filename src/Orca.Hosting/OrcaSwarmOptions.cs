namespace Orca.Hosting;

/// <summary>A leader and its drones in one process, over an in-memory swarm. Bound from the configuration section <c>Orca</c>.</summary>
public sealed class OrcaSwarmOptions
{
    /// <summary>The configuration section that these options are bound from.</summary>
    public const string Section = "Orca";

    /// <summary>Gets or sets the swarm's name, 1 to 40 of <c>a-z</c>, <c>0-9</c> and <c>-</c>. Default: <c>default</c>.</summary>
    public string Swarm { get; set; } = "default";

    /// <summary>Gets or sets how many drones this process holds, 1 to 100. Default: 1.</summary>
    public int Drones { get; set; } = 1;

    /// <summary>Gets or sets the id of the test package. Default: the one that the plan file names.</summary>
    public string? Package { get; set; }

    /// <summary>Gets or sets the package's version, floating version or range. Default: the newest stable one.</summary>
    public string? Version { get; set; }

    /// <summary>Gets or sets the path of a plan file. Default: the package's own <c>orca.json</c>.</summary>
    public string? Plan { get; set; }

    /// <summary>Gets or sets the environment whose <c>orca.&lt;environment&gt;.json</c> lies over the plan. Default: none.</summary>
    public string? Environment { get; set; }

    /// <summary>Gets plan settings by path (<c>scenarios.browse.load[0].for</c> → <c>10s</c>), over the plan and its environment. Default: none.</summary>
    public IDictionary<string, string> Set { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets feeds used beside those of <c>nuget.config</c>: folders or v3 addresses. Default: none.</summary>
    public IList<string> Feeds { get; } = [];

    /// <summary>Gets or sets the folder from which <c>nuget.config</c> files are looked for, upwards. Default: the current one.</summary>
    public string? NuGetConfigRoot { get; set; }

    /// <summary>Gets or sets the folder that packages are kept in. Default: <c>~/.orca/packages</c>.</summary>
    public string? Cache { get; set; }

    /// <summary>Gets or sets whether each drone keeps a cache of its own below <see cref="Cache"/>, as on machines of their own. Default: no.</summary>
    public bool SeparateCaches { get; set; }

    /// <summary>Gets the secrets that plans refer to, by name; as in all configuration, case does not matter. Default: none.</summary>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the folder below which each run gets a folder of its own for its report. Default: <c>orca-reports</c>.</summary>
    public string Out { get; set; } = "orca-reports";

    /// <summary>Gets or sets how the process is tuned. Default: <see cref="OrcaProfile.Usual"/>.</summary>
    public OrcaProfile Profile { get; set; }

    /// <summary>Gets or sets whether the console shows nothing but the summary. Default: no.</summary>
    public bool Quiet { get; set; }
}
