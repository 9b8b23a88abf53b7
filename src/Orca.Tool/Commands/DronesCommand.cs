using System.CommandLine;
using Orca.Runs;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary><c>orca drones</c>: who is there.</summary>
internal sealed class DronesCommand() : SwarmCommand(
    "drones",
    "Lists the drones of a swarm that are there now, and the runs that they work on.",
    "orca drones --redis redis.internal:6379",
    "orca drones --redis redis.internal:6379 --tenant shop --json")
{
    protected override async Task<int> LookAsync(SwarmOverview swarm, ParseResult parsed, Say say, CancellationToken ct)
    {
        if (!(await swarm.DronesAsync(ct).ConfigureAwait(false)).TryGet(out var drones, out var problems))
        {
            return say.Problems(problems);
        }

        if (say.Json)
        {
            say.Value([.. drones.Select(drone => new DroneDocument(drone.Drone, drone.Host, drone.Version, drone.Run))], ToolJsonContext.Default.IReadOnlyListDroneDocument);
        }
        else if (drones.Length == 0)
        {
            say.Text("No drone is there. Start one with 'orca drone'.");
        }
        else
        {
            say.Table(["drone", "host", "version", "run"], drones.Select(drone => (IReadOnlyList<string>)[drone.Drone, drone.Host, drone.Version, drone.Run ?? "idle"]));
        }

        return ExitCode.Passed;
    }
}
