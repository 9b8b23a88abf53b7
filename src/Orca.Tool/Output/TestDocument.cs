namespace Orca.Tool.Output;

/// <summary>A test of a package, in JSON.</summary>
internal sealed record TestDocument(string Name, string Type, string Assembly, string? Description);
