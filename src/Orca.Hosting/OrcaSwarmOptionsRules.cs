using Microsoft.Extensions.Options;
using Orca.Swarm;

namespace Orca.Hosting;

/// <summary>Validates the options, each with the value that it has; what only the run can find out, such as a plan's faults, it tells itself.</summary>
internal sealed class OrcaSwarmOptionsRules : IValidateOptions<OrcaSwarmOptions>
{
    private const int MostDrones = 100;

    public ValidateOptionsResult Validate(string? name, OrcaSwarmOptions options)
    {
        var failures = new List<string>();
        if (!SwarmNames.Of("", options.Swarm ?? "").TryGet(out _, out var unusable))
        {
            failures.Add($"Orca:Swarm is '{options.Swarm}'. {unusable[0].Advice}");
        }

        if (options.Drones is < 1 or > MostDrones)
        {
            failures.Add($"Orca:Drones is {options.Drones}; it must be 1 to {MostDrones}.");
        }

        if (string.IsNullOrWhiteSpace(options.Package) && string.IsNullOrWhiteSpace(options.Plan))
        {
            failures.Add("There is nothing to run: set Orca:Package to a test package's id, or Orca:Plan to a plan file.");
        }

        if (!string.IsNullOrWhiteSpace(options.Version) && string.IsNullOrWhiteSpace(options.Package))
        {
            failures.Add($"Orca:Version is '{options.Version}', but Orca:Package is not set: set both, or write package@version in the plan.");
        }

        if (!string.IsNullOrWhiteSpace(options.NuGetConfigRoot) && !Directory.Exists(options.NuGetConfigRoot))
        {
            failures.Add($"Orca:NuGetConfigRoot is '{options.NuGetConfigRoot}', where there is no folder: name the one from which nuget.config files are looked for.");
        }

        if (string.IsNullOrWhiteSpace(options.Out))
        {
            failures.Add("Orca:Out is empty: name the folder that reports are written to.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
