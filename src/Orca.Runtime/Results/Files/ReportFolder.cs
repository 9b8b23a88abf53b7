namespace Orca.Results.Files;

/// <summary>The folder of one run's results, once its <c>report.json</c> is there.</summary>
public static class ReportFolder
{
    /// <summary>Writes <c>report.html</c>, <c>intervals.csv</c>, <c>junit.xml</c> and <c>summary.md</c> anew from a folder's <c>report.json</c>.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="ct">Cancels the writing; each file is then either the old or the new one.</param>
    /// <returns>The report, or the problem: no such folder, no report that this version reads, or a folder that cannot be written to.</returns>
    public static async Task<Outcome<RunReport>> RebuildAsync(string folder, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetFullPath(folder), ReportFiles.ReportName);
        string json;
        try
        {
            json = await File.ReadAllTextAsync(path, ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Problem($"The report '{path}' cannot be read: {error.Message}") { Advice = "Name the folder of a run: it holds report.json." };
        }

        if (!RunReportJson.Read(json).TryGet(out var report, out var problems))
        {
            return new Problem($"'{path}': {problems[0].What}");
        }

        report = report with { Folder = Path.GetDirectoryName(path) };
        try
        {
            await ReportFiles.RenderAsync(report, report.Folder!, ct);
            return report;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ReportFiles.Unwritable(report.Folder!, error);
        }
    }
}
