using System.CommandLine;
using System.Text.Json;

namespace Orca.Tool.Arguments;

/// <summary>What is laid over a plan.</summary>
internal sealed class PlanArguments
{
    private readonly Option<string?> _target = new("--target", "-t") { Description = "The address of the system under load, over the plan's.", HelpName = "url" };
    private readonly Option<int?> _quorum = new("--quorum", "-q") { Description = "How many drones the run needs, over the plan's.", HelpName = "n" };
    private readonly Option<string[]> _parameters = new("--param", "-p") { Description = "A parameter of the tests, over the plan's. May be given several times.", HelpName = "name=value", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _settings = new("--set") { Description = "Any setting of the plan by its path, such as scenarios.browse.load[0].for=10s. May be given several times.", HelpName = "path=value", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _environment = new("--environment", "-e") { Description = "The environment whose orca.<environment>.json lies over the plan.", HelpName = "name" };

    public PlanArguments()
    {
        foreach (var option in (Option<string[]>[])[_parameters, _settings])
        {
            option.Validators.Add(result =>
            {
                foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                {
                    result.AddError($"'{option.Name} {token.Value}' has no value: write it as {option.HelpName}.");
                }
            });
        }

        _quorum.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var drones) && drones > 0))
            {
                result.AddError($"'--quorum {token.Value}' is no number of drones: write a whole number from 1.");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_target, _quorum, _parameters, _settings, _environment])
        {
            command.Options.Add(option);
        }
    }

    public string? Environment(ParseResult parsed) => parsed.GetValue(_environment);

    /// <summary>Writes what was asked for as settings of the plan. A parameter is the text as it stands.</summary>
    public void Apply(ParseResult parsed, IDictionary<string, string> settings)
    {
        foreach (var (path, value) in parsed.GetValue(_settings)!.Select(Split))
        {
            settings[path] = value;
        }

        if (parsed.GetValue(_target) is { } target)
        {
            settings["target"] = Text(target);
        }

        if (parsed.GetValue(_quorum) is { } quorum)
        {
            settings["quorum"] = $"{quorum}";
        }

        foreach (var (name, value) in parsed.GetValue(_parameters)!.Select(Split))
        {
            settings[$"parameters['{name}']"] = Text(value);
        }
    }

    private static (string Name, string Value) Split(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return (text[..at], text[(at + 1)..]);
    }

    // In quotes: a setting that looks like a number would be one.
    private static string Text(string value) => JsonSerializer.Serialize(value, TextJsonContext.Default.String);
}
