namespace Orca.Results.Elasticsearch;

/// <summary>Where runs are stored, beside the report. Bound from the configuration section <c>Orca:Elasticsearch</c>.</summary>
public sealed class ElasticsearchOptions
{
    /// <summary>The configuration section that these options are bound from.</summary>
    public const string Section = "Orca:Elasticsearch";

    /// <summary>Gets or sets the address of Elasticsearch (or OpenSearch); several nodes of one cluster are separated by commas. Required.</summary>
    public string Url { get; set; } = "";

    /// <summary>Gets or sets an API key, as Kibana shows it or as <c>id:key</c>. Default: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the user name of basic authentication. Default: none.</summary>
    public string? UserName { get; set; }

    /// <summary>Gets or sets the password of basic authentication. Default: none.</summary>
    public string? Password { get; set; }

    /// <summary>Gets or sets a bearer token. Default: none.</summary>
    public string? BearerToken { get; set; }

    /// <summary>Gets or sets a PEM file with the certificate authorities to trust instead of the system's. Default: the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>Gets or sets the SHA-256 fingerprint of a certificate that the server's chain must hold, in hexadecimal digits with or without colons; nothing else is then asked of the chain. Default: none.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>Gets or sets whether requests are compressed. Default: yes.</summary>
    public bool Gzip { get; set; } = true;

    /// <summary>Gets or sets what follows <c>orca-intervals-</c>, <c>orca-events-</c> and <c>orca-runs-</c>. Default: the swarm's name.</summary>
    public string? Namespace { get; set; }

    /// <summary>Gets or sets the folder that documents are kept in until they are stored. Default: <c>~/.orca/elasticsearch</c>.</summary>
    public string Spool { get; set; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".orca", "elasticsearch");

    /// <summary>Gets or sets how many bytes the spool may hold, at least 1 MiB. Past it the oldest documents about single drones are dropped, and where there are none, new ones. Default: 1 GiB.</summary>
    public long SpoolLimit { get; set; } = 1L << 30;

    /// <summary>Gets or sets how long one request may take, 100 ms to 10 minutes. Default: 30 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long, once a run is over, is waited for what is not stored yet, at most 30 s. Default: 30 s.</summary>
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long Elasticsearch keeps intervals, at least a day. Set when templates are set up. Default: 90 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets how long Elasticsearch keeps events, at least a day. Set when templates are set up. Default: 365 days.</summary>
    public TimeSpan EventRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Gets or sets whether a run begins by setting up templates and streams, for which its key needs the rights. Default: no.</summary>
    public bool SetUp { get; set; }

    /// <summary>Gets or sets the address of Kibana, for importing dashboards. Default: none.</summary>
    public string? Kibana { get; set; }

    /// <summary>Gets or sets the Kibana space to import into. Default: the default space.</summary>
    public string? KibanaSpace { get; set; }
}
