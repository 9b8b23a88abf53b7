using System.Collections.Immutable;
using Orca.Isolation;
using Orca.Packages;
using Orca.Plans;
using Orca.Runs;

namespace Orca.Hosting;

/// <summary>One iteration of each scenario of a package's plan, one after the other, in this process: what a person tries before a run.</summary>
internal static class PlanOnce
{
    /// <summary>Prepares what a leader would, then runs each scenario's test as <see cref="LoadTestHost"/> does.</summary>
    /// <param name="options">What would be run, and the drones' secrets.</param>
    /// <param name="writeLine">Takes the lines that tests log.</param>
    /// <param name="ct">Cancelled to give up.</param>
    public static async Task<Outcome<ScenarioOnce[]>> RunAsync(OrcaSwarmOptions options, Action<string> writeLine, CancellationToken ct)
    {
        var packages = MemberPackages.Of(options);
        var installer = new PackageInstaller(packages);
        var preparation = new RunPreparation(new PackageResolver(packages, TimeProvider.System), installer, static () => 1);
        if (!RunRequests.Of(options, drones: 1).TryGet(out var request, out var problems)
            || !(await preparation.PrepareAsync(request, ct).ConfigureAwait(false)).TryGet(out var prepared, out problems)
            || !(await installer.InstallAsync(prepared.Lock, ct).ConfigureAwait(false)).TryGet(out var installed, out problems)
            || !LoadedTestPackage.Load(installed).TryGet(out var package, out problems))
        {
            return problems;
        }

        var results = new List<ScenarioOnce>();
        await using (package.ConfigureAwait(false))
        {
            foreach (var scenario in prepared.Plan.Scenarios)
            {
                var once = new OnceRun(package.TypeOf(scenario.Test), OptionsOf(scenario, prepared.Plan, options.Secrets, writeLine));
                results.Add(new(scenario.Name, await once.RunAsync(ct).ConfigureAwait(false)));
                ct.ThrowIfCancellationRequested();
            }
        }

        return results.ToArray();
    }

    private static RunOnceOptions OptionsOf(Scenario scenario, RunPlan plan, IDictionary<string, string> secrets, Action<string> writeLine)
    {
        var options = new RunOnceOptions { Target = plan.Target, Connections = scenario.Connections, Seed = plan.Seed ?? 1, WriteLine = writeLine };
        foreach (var (key, value) in plan.Parameters.SetItems(scenario.Parameters))
        {
            if (value.Secret is { } secret && secrets.TryGetValue(secret, out var known))
            {
                options.Secrets[key] = known;
            }
            else if (value.Text is { } text)
            {
                options.Parameters[key] = text;
            }
        }

        return options;
    }
}
