using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orca.Tool.Output;

/// <summary>What a command says: results on standard output, problems on standard error. As JSON, standard output has nothing but that.</summary>
internal sealed class Say
{
    private readonly TextWriter _output = Console.Out;

    public Say(bool json)
    {
        Json = json;
        if (json)
        {
            // Whoever writes for people, the console sink too, writes beside it.
            Console.SetOut(Console.Error);
        }
    }

    public bool Json { get; }

    /// <summary>Tells what is wrong; the answer is the exit code.</summary>
    public int Problems(IReadOnlyCollection<Problem> problems, int exitCode = ExitCode.BadInput)
    {
        foreach (var problem in problems)
        {
            Console.Error.WriteLine(Line(problem));
        }

        ProblemsAsJson(problems, exitCode);
        return exitCode;
    }

    public int Problem(Problem problem, int exitCode = ExitCode.BadInput) => Problems([problem], exitCode);

    /// <summary>The same for those who read JSON only: people have been told.</summary>
    public void ProblemsAsJson(IReadOnlyCollection<Problem> problems, int exitCode)
    {
        if (Json)
        {
            Value(new ProblemsDocument(exitCode, [.. problems.Select(ProblemDocument.Of)]), ToolJsonContext.Default.ProblemsDocument);
        }
    }

    public void Value<T>(T value, JsonTypeInfo<T> type) => Text(JsonSerializer.Serialize(value, type));

    public void Text(string text) => _output.WriteLine(text);

    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) => Output.Table.Write(_output, head, rows);

    // A problem of a file as editors and terminals jump to it.
    private static string Line(Problem problem) =>
        problem is { File: { } file, Line: > 0 and var line }
            ? $"{file}({line}): {problem with { What = problem.What.Replace($" ({file}, line {line})", "", StringComparison.Ordinal) }}"
            : problem.ToString();
}
