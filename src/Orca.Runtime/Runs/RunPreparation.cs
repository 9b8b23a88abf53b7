using System.Collections.Immutable;
using Orca.Packages;
using Orca.Plans;

namespace Orca.Runs;

/// <summary>Makes a run ready to be announced: reads and validates the plan, resolves and locks the package, looks into it without running its code.</summary>
internal sealed class RunPreparation(PackageResolver resolver, PackageInstaller installer, Func<long> newSeed)
{
    public async Task<Outcome<PreparedRun>> PrepareAsync(RunRequest request, CancellationToken ct)
    {
        var layers = new List<PlanLayer>();
        if (request.PlanFile is not null && ReadFiles(request.PlanFile, request.Environment, layers) is { } unreadable)
        {
            return unreadable;
        }

        var package = request.Package;
        if (request.PlanFile is not null)
        {
            // All that is wrong with the plan is told before anything is fetched for it.
            if (!Read([.. layers, .. request.Overrides], request, package).TryGet(out var early, out var problems))
            {
                return problems;
            }

            package = early.Package;
        }

        if (package is null)
        {
            return new Problem("There is nothing to run: neither a plan file nor a package was named.")
            {
                Advice = "Name a plan file, or a package such as Acme.Shop.LoadTests@1.4.*.",
            };
        }

        if (!(await LockAsync(package, request, ct)).TryGet(out var pinned, out var unresolved))
        {
            return unresolved;
        }

        if (!(await installer.InstallAsync(pinned, ct)).TryGet(out var installed, out var uninstalled))
        {
            return uninstalled;
        }

        if (!TestPackageContents.Read(installed).TryGet(out var contents, out var unfit))
        {
            return unfit;
        }

        if (request.PlanFile is null)
        {
            if (contents.PlanJson is null)
            {
                return new Problem($"{pinned.Root} carries no orca.json.") { Advice = "Name a plan file, or pack one at the package's root." };
            }

            layers.Add(new($"orca.json of {pinned.Root}", contents.PlanJson));
            if (ReadEnvironment(Path.Combine(installed.Folder, "orca.json"), request.Environment, layers) is { } unreadableToo)
            {
                return unreadableToo;
            }
        }

        if (!Read([.. layers, .. request.Overrides], request, package).TryGet(out var plan, out var invalid))
        {
            return invalid;
        }

        var unknown = UnknownTests(plan, contents, pinned.Root);
        return unknown.IsEmpty ? Finish(plan, pinned, request.Drones) : unknown;
    }

    /// <summary>Reads a plan file with what lies over it, and nothing else; it need not name a package.</summary>
    public static Outcome<RunPlan> ReadPlan(RunRequest request)
    {
        var layers = new List<PlanLayer>();
        return ReadFiles(request.PlanFile!, request.Environment, layers) is { } unreadable
            ? unreadable
            : PlanFile.Read([.. layers, .. request.Overrides], new PlanReading { DefaultName = Path.GetFileNameWithoutExtension(request.PlanFile!) });
    }

    // What a lock file pins is not resolved again, whatever the feeds have by now.
    private async Task<Outcome<PackageLock>> LockAsync(PackageRequest package, RunRequest request, CancellationToken ct)
    {
        var file = request.PlanFile is { } plan ? PackageLockFile.Beside(plan) : null;
        if (file is not null && !request.WritesLock && File.Exists(file))
        {
            if (!PackageLockFile.Read(file).TryGet(out var kept, out var unreadable))
            {
                return unreadable;
            }

            return PackageResolver.Fits(kept.Root, package)
                ? kept
                : new Problem($"The lock file pins {kept.Root}, but the plan asks for {package}.") { Where = file, Advice = "Lock again, or delete the file." };
        }

        if (!(await resolver.ResolveAsync(package, ct)).TryGet(out var pinned, out var problems))
        {
            return problems;
        }

        return request.WritesLock && file is not null && PackageLockFile.Write(file, pinned) is { } unwritten ? unwritten : pinned;
    }

    private static Outcome<RunPlan> Read(IReadOnlyList<PlanLayer> layers, RunRequest request, PackageRequest? package) =>
        PlanFile.Read(layers, new PlanReading
        {
            Package = package,
            PackageRequired = true,
            DefaultName = request.PlanFile is null ? package!.Id : Path.GetFileNameWithoutExtension(request.PlanFile),
        });

    private static Problem? ReadFiles(string file, string? environment, List<PlanLayer> layers)
    {
        try
        {
            layers.Add(new(file, File.ReadAllText(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem($"The plan file {file} could not be read: {e.Message}");
        }

        return ReadEnvironment(file, environment, layers);
    }

    private static Problem? ReadEnvironment(string beside, string? environment, List<PlanLayer> layers)
    {
        var file = Path.ChangeExtension(beside, $".{environment}.json");
        if (environment is null || !File.Exists(file))
        {
            return null;
        }

        try
        {
            layers.Add(new(file, File.ReadAllText(file)));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem($"The plan file {file} could not be read: {e.Message}");
        }
    }

    private static ImmutableArray<Problem> UnknownTests(RunPlan plan, TestPackageContents contents, PackageVersion package)
    {
        var known = contents.Tests.Select(test => test.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. plan.Scenarios
                .Where(scenario => !known.Contains(scenario.Test))
                .Select(scenario => new Problem($"{package} has no test '{scenario.Test}'.")
                {
                    Where = $"scenarios.{scenario.Name}.test",
                    Advice = $"Its tests are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.",
                }),
        ];
    }

    private PreparedRun Finish(RunPlan plan, PackageLock pinned, int? drones)
    {
        var warnings = ImmutableArray<string>.Empty;
        if (drones is { } there && plan.Quorum.Max > there)
        {
            warnings = plan.Quorum.Min > there
                ? [$"The plan asks for {plan.Quorum.Min} drones; this swarm has {there}, so that is its quorum."]
                : [];
            plan = plan with { Quorum = plan.Quorum with { Min = Math.Min(plan.Quorum.Min, there), Max = there } };
        }

        return new(plan with { Seed = plan.Seed ?? newSeed() }, pinned, warnings);
    }
}
