using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Orca.Tool.Output;

/// <summary>The usual help, and below it the command's examples and how it ends.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IHasExamples { Examples.Count: > 0 } command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
            output.WriteLine("Exit codes: 0 passed, 1 a threshold failed, 2 bad input, 3 aborted, 4 not the load asked for, 130 Ctrl-C.");
            output.WriteLine();
        }

        return exitCode;
    }
}
