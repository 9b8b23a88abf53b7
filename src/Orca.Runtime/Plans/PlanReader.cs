using System.Collections.Immutable;
using System.Text.Json;

namespace Orca.Plans;

/// <summary>Turns the merged layers into a plan, or into all that is wrong with them.</summary>
internal sealed class PlanReader(PlanSection root, PlanReading reading)
{
    private static readonly TimeSpan Tick = new(1);
    private static readonly TimeSpan Longest = PlanLimits.LongestScenario;

    private readonly PlanProblems _problems = root.Problems;

    public Outcome<RunPlan> Read()
    {
        root.RefuseOthers(PlanKeys.Root);
        var package = Package();
        var scenarios = Scenarios();
        var warmUp = root.Time("warmUp", TimeSpan.Zero, Longest) ?? TimeSpan.Zero;
        var plan = new RunPlan
        {
            Name = root.Text("name") ?? package?.Id ?? reading.DefaultName,
            Package = package,
            Target = Target(),
            Quorum = Quorum(),
            Scenarios = scenarios,
            Thresholds = Thresholds(),
            Parameters = ParameterReader.Read(root),
            Tags = Tags(),
            Seed = root.Whole("seed", long.MinValue, long.MaxValue),
            Interval = root.Time("interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)) ?? TimeSpan.FromSeconds(1),
            Precision = root.Int("precision", 1, 4) ?? 3,
            WarmUp = warmUp,
            Grace = root.Time("grace", TimeSpan.Zero, Longest) ?? TimeSpan.FromSeconds(30),
            SetUpTimeout = root.Time("setUpTimeout", Tick, Longest) ?? TimeSpan.FromSeconds(60),
            JoinTimeout = root.Time("joinTimeout", Tick, Longest) ?? TimeSpan.FromMinutes(2),
            LeaderTimeout = root.Time("leaderTimeout", Tick, Longest) ?? TimeSpan.FromSeconds(60),
            OnDroneLost = root.Word("onDroneLost", PlanKeys.OnDroneLost) ?? LostDronePolicy.Redistribute,
            Limits = Limits(),
        };

        if (!_problems.Any && warmUp > TimeSpan.Zero && warmUp >= plan.Duration)
        {
            _problems.Add("warmUp", root.Node.Find("warmUp")?.Source, $"The warm-up of {DurationText.Format(warmUp)} covers the whole load of {DurationText.Format(plan.Duration)}: nothing would be measured", "Shorten it, or lengthen the load.");
        }

        return _problems.Any ? _problems.ToImmutable() : plan;
    }

    private PackageRequest? Package()
    {
        if (root.Has("package"))
        {
            return root.Text("package", 300) is { } text ? PackageText.Parse(text, root) : null;
        }

        if (reading.Package is null && reading.PackageRequired)
        {
            root.Missing("package", "Name the test package: \"package\": \"Acme.Shop.LoadTests@1.4.*\".");
        }

        return reading.Package;
    }

    private Uri? Target()
    {
        if (root.Text("target", PlanLimits.LongestText) is not { } text)
        {
            return null;
        }

        // Without the slashes 'localhost:8080' would be a URI of scheme localhost.
        if (text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0)
        {
            return uri;
        }

        _problems.Add("target", root.Node.Find("target")!.Source, $"'{PlanProblems.Shown(text)}' is no absolute address", "Write scheme, host and what else is needed: https://staging.example/ or tcp://staging.example:9000.");
        return null;
    }

    private Quorum Quorum()
    {
        if (root.Node.Find("quorum") is not { } value)
        {
            return Plans.Quorum.One;
        }

        if (value.Kind == JsonValueKind.Number)
        {
            return Plans.Quorum.Of((int)(root.WholeOf(value, "quorum", 1, PlanLimits.MostDrones) ?? 1));
        }

        if (value.Kind != JsonValueKind.Object)
        {
            root.Wrong(value, "quorum", "a number of drones", "Write 3, or { \"min\": 3, \"max\": 10, \"wait\": \"20s\" }.");
            return Plans.Quorum.One;
        }

        var section = new PlanSection(value, "quorum", _problems);
        section.RefuseOthers(PlanKeys.Quorum);
        if (!section.Has("min"))
        {
            section.Missing("min", "Write how many drones the run needs.");
        }

        var min = section.Int("min", 1, PlanLimits.MostDrones);
        var max = section.Int("max", 1, PlanLimits.MostDrones) ?? min;
        if (max < min)
        {
            _problems.Add("quorum.max", value.Source, $"The most drones, {max}, are fewer than the least, {min}", "Raise 'max' or lower 'min'.");
        }

        return new Quorum(min ?? 1, max ?? 1, section.Time("wait", TimeSpan.Zero, Longest) ?? TimeSpan.Zero);
    }

    private ImmutableArray<Scenario> Scenarios()
    {
        if (!root.Has("scenarios"))
        {
            root.Missing("scenarios", "Write at least one: \"scenarios\": { \"browse\": { \"load\": [ { \"users\": 20, \"for\": \"1m\" } ] } }.");
            return [];
        }

        if (root.Section("scenarios") is not { } section)
        {
            return [];
        }

        var count = section.Node.Members.Count;
        if (count is 0 or > PlanLimits.MostScenarios)
        {
            _problems.Add(section.Path, section.Node.Source, $"There are {count} scenarios", $"Write at least 1 and at most {PlanLimits.MostScenarios}.");
            return [];
        }

        var scenarios = section.Node.Members.Select(member => ScenarioReader.Read(member.Key, member.Value, section));
        return [.. scenarios.ToList().OfType<Scenario>()];
    }

    private ImmutableArray<Threshold> Thresholds()
    {
        // The names as written: a scenario with a mistake of its own is not unknown.
        var names = root.Node.Find("scenarios")?.Members.Take(PlanLimits.MostScenarios).Select(member => member.Key).ToList() ?? [];
        var thresholds = ImmutableArray.CreateBuilder<Threshold>();
        foreach (var (node, path) in root.Items("thresholds", PlanLimits.MostThresholds))
        {
            if (node.Kind == JsonValueKind.String)
            {
                Add(root.TextOf(node, path, PlanLimits.LongestText), node, path, TimeSpan.Zero, abort: false);
            }
            else if (node.Kind != JsonValueKind.Object)
            {
                root.Wrong(node, path, "a threshold", "Write \"checkout p99 < 250ms\", or { \"that\": …, \"after\": …, \"abort\": … }.");
            }
            else
            {
                var section = new PlanSection(node, path, _problems);
                section.RefuseOthers(PlanKeys.Threshold);
                if (!section.Has("that"))
                {
                    section.Missing("that", "Write what must hold: \"that\": \"checkout p99 < 250ms\".");
                }

                var after = section.Time("after", TimeSpan.Zero, Longest) ?? TimeSpan.Zero;
                Add(section.Text("that", PlanLimits.LongestText), node.Find("that"), section.PathOf("that"), after, section.Flag("abort") ?? false);
            }
        }

        return thresholds.ToImmutable();

        void Add(string? text, PlanNode? node, string path, TimeSpan after, bool abort)
        {
            if (text is null)
            {
                return;
            }

            if (!ThresholdText.Parse(text).TryGet(out var threshold, out var problems))
            {
                foreach (var problem in problems)
                {
                    _problems.Add(path, node?.Source, problem.What.TrimEnd('.'), problem.Advice);
                }
            }
            else if (threshold.Scenario != ScenarioReader.AllScenarios && !names.Contains(threshold.Scenario))
            {
                _problems.Add(path, node?.Source, $"There is no scenario '{PlanProblems.Shown(threshold.Scenario)}'", NearestName.Advice(threshold.Scenario, [.. names, ScenarioReader.AllScenarios]));
            }
            else
            {
                thresholds.Add(threshold with { After = after, Abort = abort });
            }
        }
    }

    private ImmutableSortedDictionary<string, string> Tags()
    {
        var tags = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (root.Section("tags") is not { } section)
        {
            return ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
        }

        if (section.Node.Members.Count > PlanLimits.MostTags)
        {
            _problems.Add(section.Path, section.Node.Source, $"There are {section.Node.Members.Count} tags; {PlanLimits.MostTags} are the most");
        }

        foreach (var (key, value) in section.Node.Members)
        {
            var path = section.PathOf(key);
            if (!NameRules.IsName(key))
            {
                _problems.Add(path, value.Source, "This is no name for a tag", NameRules.NameAdvice);
            }
            else if (!value.IsScalar)
            {
                section.Wrong(value, path, "a text", "Tags are texts, numbers, true or false.");
            }
            else if (value.Text.Length > PlanLimits.LongestText)
            {
                _problems.Add(path, value.Source, $"The text has {value.Text.Length} characters; {PlanLimits.LongestText} are the most");
            }
            else
            {
                tags[key] = value.Text;
            }
        }

        return tags.ToImmutable();
    }

    private ValidityLimits Limits()
    {
        if (root.Section("limits") is not { } section)
        {
            return ValidityLimits.Default;
        }

        section.RefuseOthers(PlanKeys.Limits);
        return new ValidityLimits
        {
            NotStarted = section.Fraction("notStarted", 1) ?? ValidityLimits.Default.NotStarted,
            Lateness = section.Time("lateness", TimeSpan.Zero, Longest) ?? ValidityLimits.Default.Lateness,
            LatenessOfService = section.Fraction("latenessOfService", 1000) ?? ValidityLimits.Default.LatenessOfService,
            Delivered = section.Fraction("delivered", 1) ?? ValidityLimits.Default.Delivered,
        };
    }
}
