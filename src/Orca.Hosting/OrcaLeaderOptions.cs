namespace Orca.Hosting;

/// <summary>A leader: what it runs, and where its report goes. Bound from the configuration section <c>Orca</c>.</summary>
public class OrcaLeaderOptions : OrcaMemberOptions
{
    /// <summary>Gets or sets how this leader comes to its run. Default: <see cref="LeaderMode.Start"/>.</summary>
    public LeaderMode Mode { get; set; }

    /// <summary>Gets or sets the run's id, 1 to 60 of <c>a-z</c>, <c>0-9</c> and <c>-</c>; needed to resume a run or to stand by for one. Default: a new one.</summary>
    public string? RunId { get; set; }

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

    /// <summary>Gets or sets the folder below which each run gets a folder of its own for its report. Default: <c>orca-reports</c>.</summary>
    public string Out { get; set; } = "orca-reports";

    /// <summary>Gets or sets whether the console shows nothing but the summary. Default: no.</summary>
    public bool Quiet { get; set; }
}
