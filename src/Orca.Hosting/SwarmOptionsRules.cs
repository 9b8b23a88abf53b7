using Microsoft.Extensions.Options;
using Orca.Hosting.Drones;
using Orca.Hosting.Leaders;
using Orca.Hosting.Media;

namespace Orca.Hosting;

/// <summary>Validates the options of a leader with its drones.</summary>
internal sealed class SwarmOptionsRules(IEnumerable<ISwarmConnector> connectors) : IValidateOptions<OrcaSwarmOptions>
{
    public ValidateOptionsResult Validate(string? name, OrcaSwarmOptions options)
    {
        var checks = new OptionsChecks();
        checks.Member(options);
        DroneOptionsRules.Check(options.ToDroneOptions(), connectors, checks);
        LeaderOptionsRules.Check(options, checks);
        checks.Require(
            options.KillDrone is null || (options.KillDrone >= 1 && options.KillDrone <= options.Drones),
            $"Orca:KillDrone is {options.KillDrone}: the drones are numbered from 1 to {options.Drones}.");
        checks.Require(options.KillDroneAt >= TimeSpan.Zero, $"Orca:KillDroneAt is {options.KillDroneAt}: it is a run time, 0 or later.");
        return checks.Result;
    }
}
