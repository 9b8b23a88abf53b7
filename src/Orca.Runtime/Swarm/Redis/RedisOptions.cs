namespace Orca.Swarm.Redis;

/// <summary>How a swarm's members reach their Redis server. Bound from the configuration section <c>Orca:Redis</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>The configuration section that these options are bound from.</summary>
    public const string Section = "Orca:Redis";

    /// <summary>Gets the servers, each <c>host:port</c> or <c>host</c> (port 6379): one, or the nodes of one deployment. Default: none; at least one is needed.</summary>
    public IList<string> Endpoints { get; } = [];

    /// <summary>Gets or sets the ACL user's name; it needs StackExchange.Redis 2 or newer. Default: the server's default user.</summary>
    public string? User { get; set; }

    /// <summary>Gets or sets the password. Default: none.</summary>
    public string? Password { get; set; }

    /// <summary>Gets or sets whether to connect by TLS. Default: no.</summary>
    public bool Tls { get; set; }

    /// <summary>Gets or sets the name that the server's certificate must be for. Default: the endpoint's host.</summary>
    public string? TlsHost { get; set; }

    /// <summary>Gets or sets the path of a PEM file with the certificate authorities to trust, instead of the machine's. Default: the machine's.</summary>
    public string? TlsAuthority { get; set; }

    /// <summary>Gets or sets the database's number, 0 or more. Default: 0.</summary>
    public int Database { get; set; }

    /// <summary>Gets or sets what keeps teams apart that share a server: tenants never see each other. 1 to 40 of <c>a-z</c>, <c>0-9</c> and <c>-</c>. Default: none.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>Gets or sets how long connecting may take, 100 ms to 1 min. Default: 5 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long the server may take to answer one operation, 100 ms to 1 min. Default: 3 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);
}
