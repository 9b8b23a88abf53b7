using Orca.Plans;

namespace Orca.PlanCheck;

/// <summary>Reads a test package's plan as a leader would, and writes each problem as a build's error.</summary>
internal static class Program
{
    private const string Code = "ORCA100";

    /// <summary>Checks <c>orca.json</c>, and each further file as the environment that is laid over it.</summary>
    private static int Main(string[] files)
    {
        if (files.Length == 0)
        {
            Console.Error.WriteLine("usage: Orca.PlanCheck <orca.json> [<orca.environment.json>…]");
            return ExitCode.Usage;
        }

        var problems = files.Length == 1
            ? ProblemsOf(files)
            : [.. files.Skip(1).SelectMany(environment => ProblemsOf([files[0], environment])).Distinct()];
        foreach (var problem in problems)
        {
            Console.WriteLine(AsBuildError(problem));
        }

        return problems.Count > 0 ? ExitCode.Faulty : ExitCode.Good;
    }

    private static IReadOnlyList<Problem> ProblemsOf(IReadOnlyList<string> files)
    {
        var layers = new List<PlanLayer>();
        foreach (var file in files)
        {
            try
            {
                layers.Add(new(file, File.ReadAllText(file)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return [new Problem($"The plan could not be read: {e.Message}") { File = file }];
            }
        }

        return PlanFile.Read(layers, new()).Problems;
    }

    // Build engines know this form, and editors jump to the line; what it says already need not be said twice.
    private static string AsBuildError(Problem problem)
    {
        var place = problem.File is null ? "orca" : problem.Line > 0 ? $"{problem.File}({problem.Line})" : problem.File;
        var what = problem.What.Replace($" ({problem.File}, line {problem.Line})", "", StringComparison.Ordinal);
        return $"{place}: error {Code}: {problem with { What = what, Where = problem.Where == problem.File ? null : problem.Where }}";
    }
}
