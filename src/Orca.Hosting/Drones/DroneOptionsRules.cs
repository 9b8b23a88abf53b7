using Microsoft.Extensions.Options;
using Orca.Hosting.Media;

namespace Orca.Hosting.Drones;

/// <summary>Validates the options of drones.</summary>
internal sealed class DroneOptionsRules(IEnumerable<ISwarmConnector> connectors) : IValidateOptions<OrcaDroneOptions>
{
    private const int MostDrones = 100;

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
    }
}
