namespace Orca.Hosting;

/// <summary>What leader and drones of a swarm have in common. Bound from the configuration section <c>Orca</c>.</summary>
public abstract class OrcaMemberOptions
{
    /// <summary>The configuration section that these options are bound from.</summary>
    public const string Section = "Orca";

    private protected OrcaMemberOptions()
    {
    }

    /// <summary>Gets or sets the swarm's name, 1 to 40 of <c>a-z</c>, <c>0-9</c> and <c>-</c>. Default: <c>default</c>.</summary>
    public string Swarm { get; set; } = "default";

    /// <summary>Gets or sets the key that what members exchange is sealed with, at least 16 characters, the same on leader and drones. Default: none.</summary>
    public string? SwarmKey { get; set; }

    /// <summary>Gets feeds used beside those of <c>nuget.config</c>: folders or v3 addresses. Default: none.</summary>
    public IList<string> Feeds { get; } = [];

    /// <summary>Gets or sets the folder from which <c>nuget.config</c> files are looked for, upwards. Default: the current one.</summary>
    public string? NuGetConfigRoot { get; set; }

    /// <summary>Gets or sets the folder that packages are kept in. Default: <c>~/.orca/packages</c>.</summary>
    public string? Cache { get; set; }

    /// <summary>Gets or sets how many bytes that folder may have; past it, what was unused for longest and no run holds is removed. Default: 10 GiB.</summary>
    public long CacheLimit { get; set; } = 10L << 30;

    /// <summary>Gets or sets how a process with drones is tuned; to be early enough for all of it, set <c>&lt;OrcaProfile&gt;performance&lt;/OrcaProfile&gt;</c> in its project instead. Default: <see cref="OrcaProfile.Usual"/>.</summary>
    public OrcaProfile Profile { get; set; }
}
