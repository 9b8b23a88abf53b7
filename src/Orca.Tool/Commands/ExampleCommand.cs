using System.CommandLine;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary>A subcommand, with examples.</summary>
internal abstract class ExampleCommand : Command, IHasExamples
{
    protected ExampleCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(InvokeAsync);
    }

    public IReadOnlyList<string> Examples { get; }

    protected abstract Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct);
}
