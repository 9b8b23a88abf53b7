using Microsoft.Extensions.Options;
using Orca.Hosting.Media;

namespace Orca.Hosting.Leaders;

/// <summary>Validates a leader's options; what only the run can find out, such as a plan's faults, it tells itself.</summary>
internal sealed class LeaderOptionsRules(IEnumerable<ISwarmConnector> connectors) : IValidateOptions<OrcaLeaderOptions>
{
    public ValidateOptionsResult Validate(string? name, OrcaLeaderOptions options)
    {
        var checks = new OptionsChecks();
        checks.Medium(connectors.Any());
        checks.Member(options);
        Check(options, checks);
        return checks.Result;
    }

    public static void Check(OrcaLeaderOptions options, OptionsChecks checks)
    {
        var starts = options.Mode == LeaderMode.Start;
        checks.Require(Enum.IsDefined(options.Mode), $"Orca:Mode is '{options.Mode}'; it must be Start, Resume or StandBy.");
        checks.Require(
            !starts || !string.IsNullOrWhiteSpace(options.Package) || !string.IsNullOrWhiteSpace(options.Plan),
            $"There is nothing to run: set Orca:Package to a test package's id, or Orca:Plan to a plan file.");
        checks.Require(starts || !string.IsNullOrWhiteSpace(options.RunId), $"Orca:Mode is {options.Mode}, but Orca:RunId is not set: name the run.");
        checks.Require(
            string.IsNullOrWhiteSpace(options.RunId) || OptionsChecks.IsRunId(options.RunId), $"Orca:RunId is '{options.RunId}'; use 1 to 60 of a-z, 0-9 and '-'.");
        checks.Require(
            string.IsNullOrWhiteSpace(options.Version) || !string.IsNullOrWhiteSpace(options.Package),
            $"Orca:Version is '{options.Version}', but Orca:Package is not set: set both, or write package@version in the plan.");
        checks.Require(!string.IsNullOrWhiteSpace(options.Out), $"Orca:Out is empty: name the folder that reports are written to.");
    }
}
