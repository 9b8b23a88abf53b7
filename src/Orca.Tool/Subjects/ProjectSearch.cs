namespace Orca.Tool.Subjects;

/// <summary>Finds the test package's project in a folder: the project there, else the one below it that has a plan beside it.</summary>
internal static class ProjectSearch
{
    private const int Depth = 3;

    public static Outcome<Subject> In(string folder)
    {
        var root = Path.GetFullPath(folder);
        var here = ProjectsIn(root).ToList();
        var found = here.Count == 1 ? here : [.. Below(root, Depth).Where(HasPlan)];
        return found switch
        {
            [var only] => new Subject(SubjectKind.Project, only),
            [] => new Problem($"There is no test package's project in {root} or below: no project with an orca.json beside it.")
            {
                Advice = "Name the project, or make one with 'dotnet new orca-test'.",
            },
            _ => new Problem($"There are {found.Count} test packages' projects in {root}: {string.Join(", ", found.Select(project => Path.GetRelativePath(root, project)))}.")
            {
                Advice = "Name one of them.",
            },
        };
    }

    private static IEnumerable<string> Below(string folder, int depth) =>
        ProjectsIn(folder).Concat(depth == 0
            ? []
            : Directory.EnumerateDirectories(folder)
                .Where(inner => Path.GetFileName(inner) is var name && name is not ("bin" or "obj" or "node_modules") && !name.StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .SelectMany(inner => Below(inner, depth - 1)));

    private static IEnumerable<string> ProjectsIn(string folder) => Directory.EnumerateFiles(folder, "*.??proj").Order(StringComparer.Ordinal);

    private static bool HasPlan(string project) => File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "orca.json"));
}
