using Orca.Plans;
using Orca.Runs;

namespace Orca.Hosting;

/// <summary>What a leader's options ask for.</summary>
internal static class RunRequests
{
    public static Outcome<RunRequest> Of(OrcaLeaderOptions options, int? drones)
    {
        var overrides = new List<PlanLayer>();
        if (options.Set.Count > 0)
        {
            if (!PlanLayer.FromSettings("settings", options.Set.AsReadOnly()).TryGet(out var layer, out var problems))
            {
                return problems;
            }

            overrides.Add(layer);
        }

        return new RunRequest
        {
            Package = MemberPackages.TextOf(options.Package) is { } id ? new PackageRequest(id, MemberPackages.TextOf(options.Version)) : null,
            PlanFile = MemberPackages.TextOf(options.Plan),
            Environment = MemberPackages.TextOf(options.Environment),
            Overrides = overrides,
            Drones = drones,
        };
    }
}
