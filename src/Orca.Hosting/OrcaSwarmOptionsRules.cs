using Microsoft.Extensions.Options;

namespace Orca.Hosting;

/// <summary>Validates what holds across options.</summary>
internal sealed class OrcaSwarmOptionsRules : IValidateOptions<OrcaSwarmOptions>
{
    public ValidateOptionsResult Validate(string? name, OrcaSwarmOptions options)
    {
        var failures = new List<string>();
        if (options.Package is null && options.Plan is null)
        {
            failures.Add("There is nothing to run: set Orca:Package to a test package's id, or Orca:Plan to a plan file.");
        }

        if (options.Version is not null && options.Package is null)
        {
            failures.Add($"Orca:Version is '{options.Version}', but Orca:Package is not set: set both, or write package@version in the plan.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
