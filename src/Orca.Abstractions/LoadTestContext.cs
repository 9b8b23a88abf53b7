using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Orca;

/// <summary>What a test knows of the run, the scenario and the drone that it serves. Safe for use from any thread.</summary>
public abstract class LoadTestContext
{
    /// <summary>Gets the id of the run.</summary>
    public abstract string RunId { get; }

    /// <summary>Gets the scenario's name.</summary>
    public abstract string Scenario { get; }

    /// <summary>Gets the address of the system under load, or <see langword="null"/> where the plan names none.</summary>
    public abstract Uri? Target { get; }

    /// <summary>Gets the scenario's parameters, over the plan's; secrets are resolved on this drone.</summary>
    public abstract IConfiguration Parameters { get; }

    /// <summary>Gets this drone's place in the swarm.</summary>
    public abstract DroneInfo Drone { get; }

    /// <summary>Gets what <see cref="ISwarmSetup.SetUpSwarmAsync"/> returned, on every drone, or <see langword="null"/>.</summary>
    public abstract string? SwarmState { get; }

    /// <summary>Gets a logger whose lines appear in this drone's log.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>Gets the clock to take time and delays from.</summary>
    public abstract TimeProvider Clock { get; }

    /// <summary>Attaches a result of the author's own, shown in the report under this drone. The last value of a name counts.</summary>
    /// <param name="name">The attachment's name.</param>
    /// <param name="value">Any JSON value, up to 64 KiB as UTF-8 text; a larger one is refused.</param>
    /// <exception cref="ArgumentException">The value is larger than 64 KiB.</exception>
    public abstract void Attach(string name, JsonNode? value);
}
