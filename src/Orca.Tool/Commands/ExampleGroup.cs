using System.CommandLine;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary>A command that only holds others, with examples.</summary>
internal sealed class ExampleGroup(string name, string description, params IReadOnlyList<string> examples) : Command(name, description), IHasExamples
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
