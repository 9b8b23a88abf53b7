using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Orca;

namespace Orca.Samples.QuickStart;

/// <summary>What the command line asks for.</summary>
internal sealed record QuickStartOptions
{
    public int Drones { get; private init; }

    public int? Rate { get; private init; }

    public string? For { get; private init; }

    public string Scenario { get; private init; } = "shop";

    public string? Package { get; private init; }

    public string? Version { get; private init; }

    public string? Plan { get; private init; }

    public string? Out { get; private init; }

    public int? KillDrone { get; private init; }

    public TimeSpan KillAt { get; private init; }

    public IReadOnlyList<string> Set { get; private init; } = [];

    public bool Verbose { get; private init; }

    /// <summary>Adds what was asked for to plan settings.</summary>
    public void AddTo(IDictionary<string, string> settings)
    {
        AddLoad(settings);
        foreach (var setting in Set)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            settings[setting[..equals]] = setting[(equals + 1)..];
        }
    }

    private void AddLoad(IDictionary<string, string> settings)
    {
        // The sample's own plan has a second scenario, which lasts as long as the first.
        var beside = Package is null && Plan is null && Scenario == "shop" ? "echo" : null;
        if (Rate is { } rate)
        {
            var length = For ?? "15s";
            settings[$"scenarios.{Scenario}.load"] = $$"""[{ "rate": {{rate}}, "for": "{{length}}" }]""";
            if (beside is not null)
            {
                settings[$"scenarios.{beside}.load"] = $$"""[{ "users": 30, "for": "{{length}}" }]""";
            }
        }
        else if (For is not null)
        {
            foreach (var scenario in (IEnumerable<string>)(beside is null ? [Scenario] : [Scenario, beside]))
            {
                settings[$"scenarios.{scenario}.load[1].for"] = For;
            }
        }
    }

    /// <summary>Reads a command line; where there is nothing to run, <paramref name="exitCode"/> says how to end.</summary>
    public static bool TryParse(string[] args, out QuickStartOptions options, out int exitCode)
    {
        var drones = new Option<int>("--drones") { Description = "How many drones take part.", DefaultValueFactory = _ => 3 };
        var rate = new Option<int?>("--rate") { Description = "Iterations that begin each second, in the place of the scenario's own load." };
        var length = new Option<string?>("--for") { Description = "How long the load lasts, such as 20s or 1m30s." };
        var scenario = new Option<string>("--scenario") { Description = "The scenario that --rate and --for change.", DefaultValueFactory = _ => "shop" };
        var package = new Option<string?>("--package") { Description = "The test package to run; the sample's own unless named." };
        var version = new Option<string?>("--version") { Description = "The package's version, floating version or range." };
        var plan = new Option<string?>("--plan") { Description = "A plan file, in the place of the package's own orca.json." };
        var output = new Option<string?>("--out") { Description = "The folder for reports; artifacts/reports unless named." };
        var set = new Option<string[]>("--set") { Description = "A plan setting, such as scenarios.shop.maxUsers=50; may be given again.", DefaultValueFactory = _ => [] };
        set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError($"'--set {token.Value}' is no setting: write path=value, such as scenarios.shop.maxUsers=50.");
            }
        });
        var kill = new Option<int?>("--kill-drone") { Description = "The number of a drone that ends without warning, as in a crash." };
        var killAt = new Option<TimeSpan>("--at")
        {
            Description = "When it does, in the load's time, such as 10s.",
            DefaultValueFactory = _ => TimeSpan.FromSeconds(10),
            CustomParser = ReadSeconds,
        };
        var verbose = new Option<bool>("--verbose") { Description = "Show the log of leader and drones." };
        var command = new RootCommand("Packs a test package, starts a target, and runs the test on a leader and its drones, all on this machine.");
        foreach (var inherited in command.Options.Where(option => option is VersionOption).ToList())
        {
            command.Options.Remove(inherited);
        }

        foreach (var option in (Option[])[drones, rate, length, scenario, package, version, plan, output, kill, killAt, set, verbose])
        {
            command.Options.Add(option);
        }

        var run = false;
        command.SetAction(_ => run = true);
        var parsed = command.Parse(args);
        options = new QuickStartOptions();
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine(error.Message);
            }

            Console.Error.WriteLine("'--help' lists the options.");
            exitCode = ExitCode.BadInput;
            return false;
        }

        exitCode = parsed.Invoke();
        if (!run)
        {
            return false;
        }

        options = new QuickStartOptions
        {
            Drones = parsed.GetValue(drones),
            Rate = parsed.GetValue(rate),
            For = parsed.GetValue(length),
            Scenario = parsed.GetValue(scenario)!,
            Package = parsed.GetValue(package),
            Version = parsed.GetValue(version),
            Plan = parsed.GetValue(plan),
            Out = parsed.GetValue(output),
            KillDrone = parsed.GetValue(kill),
            KillAt = parsed.GetValue(killAt),
            Set = parsed.GetValue(set)!,
            Verbose = parsed.GetValue(verbose),
        };
        return true;
    }

    private static TimeSpan ReadSeconds(ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (double.TryParse(text.TrimEnd('s'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        result.AddError($"'--at {text}' is no time: write seconds, such as 10s.");
        return default;
    }
}
