using Microsoft.Extensions.Options;
using Orca.Hosting.Media;
using Orca.Runs.Workers.Child;

namespace Orca.Hosting.Drones;

/// <summary>Validates the options of drones.</summary>
internal sealed class DroneOptionsRules(IEnumerable<ISwarmConnector> connectors) : IValidateOptions<OrcaDroneOptions>
{
    private const int MostDrones = 100;
    private const long LeastMemory = 16 << 20;

    public ValidateOptionsResult Validate(string? name, OrcaDroneOptions options)
    {
        var checks = new OptionsChecks();
        checks.Medium(connectors.Any());
        checks.Member(options);
        Check(options, connectors, checks);
        return checks.Result;
    }

    public static void Check(OrcaDroneOptions options, IEnumerable<ISwarmConnector> connectors, OptionsChecks checks)
    {
        checks.Require(options.Drones is >= 1 and <= MostDrones, $"Orca:Drones is {options.Drones}; it must be 1 to {MostDrones}.");
        checks.Require(
            string.IsNullOrWhiteSpace(options.Name) || OptionsChecks.IsDroneName(options.Name),
            $"Orca:Name is '{options.Name}'; use 1 to 60 letters, digits, '.', '_' and '-'.");
        checks.Require(
            options.AllowedPackages.Any(pattern => !string.IsNullOrWhiteSpace(pattern)) || !connectors.Any(connector => connector.IsOpen),
            $"Orca:AllowedPackages is empty: name the packages that this drone may load, such as Acme.*; on Redis, whoever reaches the server could have it load any. * allows all.");
        checks.Require(
            options.AllowedTargets.All(pattern => !string.IsNullOrWhiteSpace(pattern)),
            $"Orca:AllowedTargets has an empty entry: write hosts, such as *.staging.example or localhost:8080.");
        checks.Require(
            options.MemoryLimit is null or >= LeastMemory,
            $"Orca:MemoryLimit is {options.MemoryLimit}; it is a number of bytes, {LeastMemory} at least.");
        checks.Require(
            options.PassedVariables.All(pattern => !string.IsNullOrWhiteSpace(pattern)),
            $"Orca:PassedVariables has an empty entry: write names of environment variables, such as PLAYWRIGHT_*.");
        if (options.Isolation == TestIsolation.Process && !ChildHost.Find().TryGet(out _, out var unable))
        {
            checks.Require(false, $"Orca:Isolation is Process. {unable[0].ToString()}");
        }
    }
}
