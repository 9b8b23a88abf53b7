namespace Orca.Tool.Output;

/// <summary>What stood in the way, in JSON.</summary>
internal sealed record ProblemsDocument(int ExitCode, IReadOnlyList<ProblemDocument> Problems);
