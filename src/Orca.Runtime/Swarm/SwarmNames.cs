using System.Text.RegularExpressions;

namespace Orca.Swarm;

/// <summary>The names under which a swarm shares state: all under a tenant, so that many teams share one server without meeting.</summary>
/// <remarks>The braces around the swarm's name are literal: a cluster hash tag that keeps a swarm's keys on one node.</remarks>
internal sealed partial class SwarmNames
{
    private readonly string _prefix;

    private SwarmNames(string tenant, string swarm)
    {
        (Tenant, Swarm) = (tenant, swarm);
        _prefix = (tenant.Length == 0 ? "" : tenant + ":") + "orca:{" + swarm + "}:";
        Drones = new(_prefix + "drones", null);
        Runs = new(_prefix + "runs", null);
    }

    public string Tenant { get; }

    public string Swarm { get; }

    public string AnnounceChannel => _prefix + "announce";

    public SwarmKey Drones { get; }

    public SwarmKey Runs { get; }

    public RunKeys Run(string runId) => new(_prefix + "run:" + runId);

    public static Outcome<SwarmNames> Of(string tenant, string swarm)
    {
        if (!ValidName().IsMatch(swarm))
        {
            return new Problem($"The swarm's name '{swarm}' is not usable.") { Advice = "Use 1 to 40 of a-z, 0-9 and '-'." };
        }

        if (tenant.Length > 0 && !ValidName().IsMatch(tenant))
        {
            return new Problem($"The tenant '{tenant}' is not usable.") { Advice = "Use 1 to 40 of a-z, 0-9 and '-', or leave it out." };
        }

        return new SwarmNames(tenant, swarm);
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex ValidName();
}
