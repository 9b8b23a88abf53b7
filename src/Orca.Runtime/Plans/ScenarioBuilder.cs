using System.Text.Json.Nodes;

namespace Orca.Plans;

/// <summary>Builds a scenario in code. Not thread-safe.</summary>
public sealed class ScenarioBuilder
{
    private readonly JsonObject _json = [];
    private readonly JsonObject _parameters = [];
    private readonly List<LoadStage> _load = [];

    internal ScenarioBuilder()
    {
    }

    /// <summary>Sets the test. Default: the one of the scenario's name.</summary>
    /// <param name="test">The test's name.</param>
    public ScenarioBuilder Test(string test) => Set("test", test);

    /// <summary>Adds stages, one after the other.</summary>
    /// <param name="stages">The stages.</param>
    public ScenarioBuilder Load(params LoadStage[] stages)
    {
        _load.AddRange(stages);
        return this;
    }

    /// <summary>Sets the most users, in the swarm, that rate stages may use. Default: two seconds of peak rate, at least 100.</summary>
    /// <param name="users">How many.</param>
    public ScenarioBuilder MaxUsers(int users) => Set("maxUsers", users);

    /// <summary>Sets the run time at which the first stage begins. Default: 0.</summary>
    /// <param name="time">The run time.</param>
    public ScenarioBuilder StartAfter(TimeSpan time) => Set("startAfter", PlanWriter.Time(time));

    /// <summary>Sets which iterations share connections. Default: all.</summary>
    /// <param name="mode">Which ones.</param>
    public ScenarioBuilder Connections(ConnectionMode mode) => Set("connections", PlanWriter.Connections(mode));

    /// <summary>Sets a parameter of this scenario, over the plan's; a later call for the same key replaces.</summary>
    /// <param name="key">Its configuration key.</param>
    /// <param name="value">Its text.</param>
    public ScenarioBuilder Parameter(string key, string value)
    {
        _parameters[key] = PlanWriter.Parameter(new ParameterValue(value));
        return this;
    }

    /// <summary>Sets a parameter that each drone resolves from its own configuration; a later call for the same key replaces.</summary>
    /// <param name="key">Its configuration key.</param>
    /// <param name="secret">The secret's name.</param>
    public ScenarioBuilder Secret(string key, string secret)
    {
        _parameters[key] = PlanWriter.Parameter(new ParameterValue(null, secret));
        return this;
    }

    internal JsonObject ToJson()
    {
        var json = (JsonObject)_json.DeepClone();
        json["load"] = PlanWriter.Load(_load);
        json["parameters"] = _parameters.DeepClone();
        return json;
    }

    private ScenarioBuilder Set(string key, JsonNode value)
    {
        _json[key] = value;
        return this;
    }
}
