using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orca.Plans;

/// <summary>Builds a plan in code. Not thread-safe. Nothing is checked before <see cref="Build"/>, which checks all as the plan file is checked.</summary>
/// <param name="name">The plan's name.</param>
public sealed class RunPlanBuilder(string name)
{
    // Composed as JSON, so that there is one reader and one set of rules.
    private readonly JsonObject _json = new() { ["name"] = name };
    private readonly JsonObject _parameters = [];
    private readonly JsonObject _tags = [];
    private readonly JsonArray _thresholds = [];
    private readonly List<(string Name, ScenarioBuilder Scenario)> _scenarios = [];

    /// <summary>Sets the test package.</summary>
    /// <param name="package">An id, or <c>Id@range</c>.</param>
    public RunPlanBuilder Package(string package) => Set("package", package);

    /// <summary>Sets the address of the system under load.</summary>
    /// <param name="target">An absolute URI.</param>
    public RunPlanBuilder Target(string target) => Set("target", target);

    /// <summary>Sets how many drones the run needs and takes. Default: 1.</summary>
    /// <param name="drones">How many.</param>
    public RunPlanBuilder Quorum(int drones) => Set("quorum", drones);

    /// <summary>Sets how many drones the run needs, and how many it takes.</summary>
    /// <param name="min">The fewest.</param>
    /// <param name="max">The most.</param>
    /// <param name="wait">How long, after the fewest have joined, more are waited for.</param>
    public RunPlanBuilder Quorum(int min, int max, TimeSpan wait) => Set("quorum", PlanWriter.Quorum(new Quorum(min, max, wait)));

    /// <summary>Adds a scenario.</summary>
    /// <param name="scenario">Its name; also the test's, unless <paramref name="describe"/> says otherwise.</param>
    /// <param name="describe">Says what it holds; at least one stage.</param>
    public RunPlanBuilder Scenario(string scenario, Action<ScenarioBuilder> describe)
    {
        var builder = new ScenarioBuilder();
        describe(builder);
        _scenarios.Add((scenario, builder));
        return this;
    }

    /// <summary>Adds a scenario of the test of the same name.</summary>
    /// <param name="scenario">Its name, and the test's.</param>
    /// <param name="load">Its stages, at least one.</param>
    public RunPlanBuilder Scenario(string scenario, params LoadStage[] load) => Scenario(scenario, builder => builder.Load(load));

    /// <summary>Adds a threshold.</summary>
    /// <param name="that">What must hold: <c>checkout p99 &lt; 250ms</c>.</param>
    /// <param name="after">The run time before which it is not judged while the run goes. Default: 0.</param>
    /// <param name="abort">Whether its failing ends the run. Default: no.</param>
    public RunPlanBuilder Threshold(string that, TimeSpan after = default, bool abort = false)
    {
        _thresholds.Add(PlanWriter.Threshold(that, after, abort));
        return this;
    }

    /// <summary>Sets a parameter of all scenarios; a later call for the same key replaces.</summary>
    /// <param name="key">Its configuration key.</param>
    /// <param name="value">Its text.</param>
    public RunPlanBuilder Parameter(string key, string value)
    {
        _parameters[key] = PlanWriter.Parameter(new ParameterValue(value));
        return this;
    }

    /// <summary>Sets a parameter that each drone resolves from its own configuration; a later call for the same key replaces.</summary>
    /// <param name="key">Its configuration key.</param>
    /// <param name="secret">The secret's name.</param>
    public RunPlanBuilder Secret(string key, string secret)
    {
        _parameters[key] = PlanWriter.Parameter(new ParameterValue(null, secret));
        return this;
    }

    /// <summary>Sets a text that the report carries along; a later call for the same key replaces.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">The text.</param>
    public RunPlanBuilder Tag(string key, string value)
    {
        _tags[key] = value;
        return this;
    }

    /// <summary>Sets the seed of every random number of the run. Default: drawn, and reported.</summary>
    /// <param name="seed">Any number.</param>
    public RunPlanBuilder Seed(long seed) => Set("seed", seed);

    /// <summary>Sets how often drones report. Default: 1 s.</summary>
    /// <param name="interval">100 ms to 1 h.</param>
    public RunPlanBuilder Interval(TimeSpan interval) => Set("interval", PlanWriter.Time(interval));

    /// <summary>Sets the significant digits of histograms. Default: 3.</summary>
    /// <param name="digits">1 to 4.</param>
    public RunPlanBuilder Precision(int digits) => Set("precision", digits);

    /// <summary>Sets the time at the start that is kept out of thresholds and summary. Default: 0.</summary>
    /// <param name="warmUp">Shorter than the load.</param>
    public RunPlanBuilder WarmUp(TimeSpan warmUp) => Set("warmUp", PlanWriter.Time(warmUp));

    /// <summary>Sets how long running iterations may go on past the last stage. Default: 30 s.</summary>
    /// <param name="grace">How long.</param>
    public RunPlanBuilder Grace(TimeSpan grace) => Set("grace", PlanWriter.Time(grace));

    /// <summary>Sets how long a drone's set-up may take. Default: 60 s.</summary>
    /// <param name="timeout">Above 0.</param>
    public RunPlanBuilder SetUpTimeout(TimeSpan timeout) => Set("setUpTimeout", PlanWriter.Time(timeout));

    /// <summary>Sets how long the leader waits for the quorum. Default: 2 min.</summary>
    /// <param name="timeout">Above 0.</param>
    public RunPlanBuilder JoinTimeout(TimeSpan timeout) => Set("joinTimeout", PlanWriter.Time(timeout));

    /// <summary>Sets how long drones go on without a leader. Default: 60 s.</summary>
    /// <param name="timeout">Above 0.</param>
    public RunPlanBuilder LeaderTimeout(TimeSpan timeout) => Set("leaderTimeout", PlanWriter.Time(timeout));

    /// <summary>Sets what happens when a drone is lost while the load runs. Default: its slots go to the others.</summary>
    /// <param name="policy">What happens.</param>
    public RunPlanBuilder OnDroneLost(LostDronePolicy policy) => Set("onDroneLost", PlanWriter.OnDroneLost(policy));

    /// <summary>Sets the limits past which the run is <c>invalid</c>.</summary>
    /// <param name="limits">The limits.</param>
    public RunPlanBuilder Limits(ValidityLimits limits) => Set("limits", PlanWriter.Limits(limits));

    /// <summary>Checks what was said.</summary>
    /// <returns>The plan, or everything that is wrong with it.</returns>
    public Outcome<RunPlan> Build()
    {
        if (_scenarios.GroupBy(scenario => scenario.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return new Problem("The scenario is there twice.") { Where = PlanPath.Join("scenarios", twice.Key), Advice = "Give one of them another name and the test by 'test'." };
        }

        var json = (JsonObject)_json.DeepClone();
        json["scenarios"] = new JsonObject(_scenarios.Select(scenario => KeyValuePair.Create(scenario.Name, (JsonNode?)scenario.Scenario.ToJson())));
        json["parameters"] = _parameters.DeepClone();
        json["tags"] = _tags.DeepClone();
        json["thresholds"] = _thresholds.DeepClone();
        return PlanFile.Read([new PlanLayer("builder", json.ToJsonString())], new PlanReading());
    }

    private RunPlanBuilder Set(string key, JsonNode value)
    {
        _json[key] = value;
        return this;
    }
}
