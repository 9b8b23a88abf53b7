using System.CommandLine;

namespace Orca.Tool.Output;

/// <summary>The root, with examples.</summary>
internal sealed class ExampleRootCommand(string description, IReadOnlyList<string> examples) : RootCommand(description), IHasExamples
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
