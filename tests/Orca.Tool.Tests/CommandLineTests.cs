using System.CommandLine;
using Orca.Tool.Commands;
using Orca.Tool.Output;

namespace Orca.Tests.Tool;

public sealed class CommandLineTests
{
    public static TheoryData<string> Commands => [.. OrcaCommand.Build().Subcommands.Select(command => command.Name)];

    [Fact]
    public void Commands_OfTheTool_AreTheOnesPromised() =>
        Assert.Superset(
            new HashSet<string>(["run", "leader", "drone", "drones", "runs", "stop", "resume", "list", "validate", "report"]),
            OrcaCommand.Build().Subcommands.Select(command => command.Name).ToHashSet());

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEveryCommand_HasExamplesThatParse(string name)
    {
        var root = OrcaCommand.Build();
        var command = root.Subcommands.Single(command => command.Name == name);
        using var help = new StringWriter();

        Assert.Equal(0, root.Parse([name, "--help"]).Invoke(new() { Output = help }));

        var examples = Assert.IsType<IHasExamples>(command, exactMatch: false).Examples;
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Contains(example, help.ToString()));
        Assert.All(examples, example => Assert.True(ParsesAsWritten(example), example));
        Assert.All(command.Options.Where(option => option is not (System.CommandLine.Help.HelpOption or VersionOption)), option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
    }

    private static bool ParsesAsWritten(string example)
    {
        var line = example.Split(" > ")[0];
        return line.StartsWith("orca ", StringComparison.Ordinal) && OrcaCommand.Build().Parse(line["orca ".Length..]).Errors.Count == 0;
    }
}
