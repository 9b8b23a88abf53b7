namespace Orca.Tool.Subjects;

/// <summary>Finds a report: the file itself, a run's folder, or the newest of a folder of runs.</summary>
internal static class ReportSearch
{
    public const string Name = "report.json";

    public static Outcome<string> In(string path)
    {
        if (File.Exists(path))
        {
            return path;
        }

        if (!Directory.Exists(path))
        {
            return new Problem($"There is no report, and no folder, at '{Path.GetFullPath(path)}'.") { Advice = "Name a run's folder; 'orca run' shows it at its end." };
        }

        if (File.Exists(Path.Combine(path, Name)))
        {
            return Path.Combine(path, Name);
        }

        var newest = Directory.EnumerateDirectories(path)
            .Select(folder => Path.Combine(folder, Name))
            .Where(File.Exists)
            .MaxBy(File.GetLastWriteTimeUtc);
        return newest is not null ? newest : new Problem($"No folder in '{Path.GetFullPath(path)}' holds a {Name}.") { Advice = "Name a run's folder." };
    }
}
