using Orca.Packages;
using Orca.Plans;
using Orca.Runs;

namespace Orca.Hosting;

/// <summary>Looks at packages and plans without running anything of them.</summary>
internal static class PackageLook
{
    /// <summary>The tests of a package, fetched from its feed.</summary>
    public static async Task<Outcome<TestDescription[]>> TestsAsync(OrcaLeaderOptions options, CancellationToken ct)
    {
        var packages = MemberPackages.Of(options);
        var wanted = new PackageRequest(options.Package!, MemberPackages.TextOf(options.Version));
        return (await new PackageResolver(packages, TimeProvider.System).ResolveAsync(wanted, ct).ConfigureAwait(false)).TryGet(out var pinned, out var problems)
            && (await new PackageInstaller(packages).InstallAsync(pinned, ct).ConfigureAwait(false)).TryGet(out var installed, out problems)
            && TestPackageContents.Read(installed).TryGet(out var contents, out problems)
                ? contents.Tests.ToArray()
                : problems;
    }

    /// <summary>The plan as a leader would run it; all that is wrong with it otherwise. A plan file that names no package is looked at alone.</summary>
    public static async Task<Outcome<RunPlan>> PlanAsync(OrcaLeaderOptions options, CancellationToken ct, bool writesLock = false)
    {
        if (!RunRequests.Of(options, drones: null).TryGet(out var request, out var problems))
        {
            return problems;
        }

        if (request is { PlanFile: not null, Package: null })
        {
            var alone = RunPreparation.ReadPlan(request);
            if (!alone.TryGet(out var read, out _) || read.Package is null)
            {
                return alone;
            }
        }

        var packages = MemberPackages.Of(options);
        var preparation = new RunPreparation(new PackageResolver(packages, TimeProvider.System), new PackageInstaller(packages), static () => 1);
        return (await preparation.PrepareAsync(request with { WritesLock = writesLock }, ct).ConfigureAwait(false)).TryGet(out var prepared, out problems) ? prepared.Plan : problems;
    }
}
