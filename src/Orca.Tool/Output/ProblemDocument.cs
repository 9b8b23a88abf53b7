namespace Orca.Tool.Output;

/// <summary>A problem in JSON.</summary>
internal sealed record ProblemDocument(string What, string? Where, string? Advice, string? File, int? Line)
{
    public static ProblemDocument Of(Problem problem) =>
        new(problem.What, problem.Where, problem.Advice, problem.File, problem.Line > 0 ? problem.Line : null);
}
