using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Orca.Plans;
using Orca.Tool.Arguments;
using Orca.Tool.Commands.Elastic;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary>All of the command line. A mistake in it ends with the exit code of bad input, told on standard error.</summary>
internal static class OrcaCommand
{
    public static RootCommand Build()
    {
        var root = new ExampleRootCommand(
            "Distributed load tests for .NET, in which a test is a NuGet package.",
            ["orca run .", "orca run Acme.Shop.LoadTests@1.* --target https://staging.example/ --drones 3", "orca run Acme.Shop.LoadTests --redis redis.internal:6379 --quorum 10"])
        {
            new RunCommand(),
            new ValidateCommand(),
            new ListCommand(),
            new LockCommand(),
            new ReportCommand(),
            new DroneCommand(),
            new LeaderCommand(),
            new DronesCommand(),
            new RunsCommand(),
            new StopCommand(),
            new ResumeCommand(),
            ElasticCommand.Group(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }

    public static async Task<int> InvokeAsync(string[] args, CancellationToken ct)
    {
        var parsed = Build().Parse(args);
        var problems = parsed.Errors.Select(error => new Problem(error.Message)).Concat(UnknownOptions(parsed.CommandResult)).ToList();
        if (problems.Count > 0 && parsed.Action is not ExampleHelp)
        {
            new Say(args.Contains(OutputArguments.JsonName)).Problems(problems);
            await Console.Error.WriteLineAsync($"'{NameOf(parsed.CommandResult)} --help' has the options, and examples.").ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        // Ctrl-C is the host's affair, who drains; without a host it ends the process, as anywhere.
        return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, ct).ConfigureAwait(false);
    }

    // A misspelt option would be taken for an argument where one is left.
    private static IEnumerable<Problem> UnknownOptions(CommandResult command) =>
        from argument in command.Children.OfType<ArgumentResult>()
        from token in argument.Tokens
        where token.Value.Length > 1 && token.Value[0] == '-'
        let known = command.Command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)).ToList()
        select new Problem($"'orca {command.Command.Name}' has no option '{token.Value}'.") { Advice = NearestName.Of(token.Value, known) is { } near ? $"Did you mean '{near}'?" : null };

    private static string NameOf(CommandResult command) =>
        command.Command is RootCommand ? "orca" : $"orca {command.Command.Name}";
}
