using System.Collections.Immutable;
using System.Text.Json;

namespace Orca.Plans;

/// <summary>Reads one scenario and its stages.</summary>
internal static class ScenarioReader
{
    /// <summary>What stands for all scenarios in a threshold, and so names none.</summary>
    public const string AllScenarios = "swarm";

    private static readonly ImmutableArray<string> AllStageKeys =
        [.. PlanKeys.UsersStage.Union(PlanKeys.RateStage).Union(PlanKeys.IterationsStage).Union(PlanKeys.PauseStage)];

    public static Scenario? Read(string name, PlanNode node, PlanSection scenarios)
    {
        var problems = scenarios.Problems;
        var path = scenarios.PathOf(name);
        if (string.Equals(name, AllScenarios, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(path, node.Source, $"'{name}' is no scenario name: it stands for all scenarios in thresholds", "Take another name.");
        }
        else if (!NameRules.IsScenario(name))
        {
            problems.Add(path, node.Source, $"'{PlanProblems.Shown(name)}' is no scenario name", NameRules.ScenarioAdvice);
        }

        if (scenarios.SectionOf(node, path) is not { } section)
        {
            return null;
        }

        section.RefuseOthers(PlanKeys.Scenario);
        var load = Load(section);
        var scenario = new Scenario
        {
            Name = name,
            Test = section.Text("test") ?? name,
            Load = load,
            MaxUsers = section.Int("maxUsers", 1, PlanLimits.MostRateUsers) ?? DefaultMaxUsers(load),
            StartAfter = section.Time("startAfter", TimeSpan.Zero, PlanLimits.LongestScenario) ?? TimeSpan.Zero,
            Connections = section.Word("connections", PlanKeys.Connections) ?? ConnectionMode.Shared,
            Parameters = ParameterReader.Read(section),
        };
        CheckTogether(scenario, section);
        return scenario;
    }

    /// <summary>Two seconds of peak rate, at least 100.</summary>
    public static int DefaultMaxUsers(ImmutableArray<LoadStage> load)
    {
        var peak = load.OfType<RateStage>().Select(stage => Math.Max(stage.From, stage.To)).DefaultIfEmpty().Max();
        return (int)Math.Clamp(decimal.Ceiling(2 * peak), PlanLimits.LeastDefaultRateUsers, PlanLimits.MostRateUsers);
    }

    private static void CheckTogether(Scenario scenario, PlanSection section)
    {
        // Summed without overflow, since the stages' times are bounded one by one only.
        if (scenario.StartAfter + scenario.Load.Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Duration) > PlanLimits.LongestScenario)
        {
            section.Problems.Add(section.PathOf("load"), section.Node.Source, "The scenario ends past 7 days of run time", "Shorten its stages or 'startAfter'.");
        }

        if (scenario.Load.Length > 0 && !section.Problems.Any && scenario.Load.All(AsksForNothing))
        {
            section.Problems.Add(section.PathOf("load"), section.Node.Source, "The scenario asks for no load at all", "Write users, a rate or iterations above 0 into a stage, or leave the scenario out.");
        }

        var started = scenario.Load.Select((stage, i) => (Users: (stage as RateStage)?.Users, Index: i)).FirstOrDefault(stage => stage.Users > scenario.MaxUsers);
        if (started.Users is { } users)
        {
            section.Problems.Add(
                PlanPath.Join(PlanPath.Item(section.PathOf("load"), started.Index), "users"),
                section.Node.Source,
                $"{users} users are to be started, but the scenario has at most {scenario.MaxUsers}",
                "Lower 'users' or raise the scenario's 'maxUsers'.");
        }
    }

    private static bool AsksForNothing(LoadStage stage) =>
        stage is PauseStage or UsersStage { From: 0, To: 0 } or RateStage { From: 0, To: 0 };

    private static ImmutableArray<LoadStage> Load(PlanSection section)
    {
        if (!section.Has("load"))
        {
            section.Missing("load", "Write its stages: \"load\": [ { \"users\": 20, \"for\": \"1m\" } ].");
            return [];
        }

        var items = section.Items("load", PlanLimits.MostStages);
        if (section.Node.Find("load") is { Kind: JsonValueKind.Array, Items.Count: 0 } empty)
        {
            section.Problems.Add(section.PathOf("load"), empty.Source, "The load has no stages", "Write at least one: { \"users\": 20, \"for\": \"1m\" }.");
        }

        var stages = items.Select(item => section.SectionOf(item.Node, item.Path)).OfType<PlanSection>().Select(Stage);
        return [.. stages.ToList().OfType<LoadStage>()];
    }

    private static LoadStage? Stage(PlanSection stage)
    {
        var kinds = new[] { "rate", "iterations", "pause" }.Where(stage.Has).ToList();
        if (kinds.Count > 1)
        {
            stage.Problems.Add(stage.Path, stage.Node.Source, $"The stage has both '{kinds[0]}' and '{kinds[1]}'", "A stage has one of users, rate, iterations and pause; write two stages.");
            return null;
        }

        if (kinds.Count == 0 && !stage.Has("users"))
        {
            if (!stage.RefuseOthers(AllStageKeys))
            {
                stage.Problems.Add(stage.Path, stage.Node.Source, "The stage has none of users, rate, iterations and pause", "Write one of them.");
            }

            return null;
        }

        return kinds.FirstOrDefault() switch
        {
            "rate" => Rate(stage),
            "iterations" => Iterations(stage),
            "pause" => Pause(stage),
            _ => Users(stage),
        };
    }

    private static UsersStage? Users(PlanSection stage)
    {
        RefuseOthers(stage, PlanKeys.UsersStage, "users");
        var from = stage.Int("users", 0, PlanLimits.MostUsers);
        var to = stage.Int("to", 0, PlanLimits.MostUsers) ?? from;
        return For(stage) is { } time && from is not null && to is not null ? new UsersStage(from.Value, to.Value, time) : null;
    }

    private static RateStage? Rate(PlanSection stage)
    {
        RefuseOthers(stage, PlanKeys.RateStage, "rate");
        var from = stage.Rate("rate");
        var to = stage.Rate("to") ?? from;
        var users = stage.Int("users", 0, PlanLimits.MostRateUsers);
        var arrivals = stage.Word("arrivals", PlanKeys.Arrivals) ?? ArrivalPattern.Uniform;
        return For(stage) is { } time && from is not null && to is not null
            ? new RateStage(from.Value, to.Value, time) { Arrivals = arrivals, Users = users }
            : null;
    }

    private static IterationsStage? Iterations(PlanSection stage)
    {
        RefuseOthers(stage, PlanKeys.IterationsStage, "iterations");
        if (!stage.Has("users"))
        {
            stage.Missing("users", "Write how many users share the iterations.");
        }

        var iterations = stage.Whole("iterations", 1, PlanLimits.MostIterations);
        var users = stage.Int("users", 1, PlanLimits.MostUsers);
        return For(stage) is { } time && iterations is not null && users is not null ? new IterationsStage(iterations.Value, users.Value, time) : null;
    }

    private static PauseStage? Pause(PlanSection stage)
    {
        RefuseOthers(stage, PlanKeys.PauseStage, "pause");
        return stage.Time("pause", new TimeSpan(1), PlanLimits.LongestScenario) is { } time ? new PauseStage(time) : null;
    }

    private static TimeSpan? For(PlanSection stage)
    {
        if (!stage.Has("for"))
        {
            stage.Missing("for", "Write how long the stage lasts: \"for\": \"1m\".");
        }

        return stage.Time("for", new TimeSpan(1), PlanLimits.LongestScenario);
    }

    private static void RefuseOthers(PlanSection stage, ImmutableArray<string> known, string kind)
    {
        foreach (var (key, value) in stage.Node.Members.Where(member => !known.Contains(member.Key)))
        {
            var elsewhere = AllStageKeys.Contains(key);
            stage.Problems.Add(
                stage.PathOf(key),
                value.Source,
                elsewhere ? $"'{key}' does not belong to a stage of {kind}" : $"'{PlanProblems.Shown(key)}' is no known key",
                elsewhere ? $"Known are: {string.Join(", ", known)}." : stage.Problems.Full ? null : NearestName.Advice(key, known));
        }
    }
}
