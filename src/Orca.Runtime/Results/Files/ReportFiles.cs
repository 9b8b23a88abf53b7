using System.Globalization;
using System.Text;
using Orca.Results.Files.Page;

namespace Orca.Results.Files;

/// <summary>The folder of a run's results: made once, never overwritten; each file in it appears whole or not at all.</summary>
internal static class ReportFiles
{
    public const string ReportName = "report.json";

    public const string PageName = "report.html";

    public const string SummaryName = "summary.md";

    public const string IntervalsName = "intervals.csv";

    public const string JUnitName = "junit.xml";

    private const int MostTries = 1000;

    /// <summary>Writes <c>report.json</c> to the run's folder, which is under <paramref name="root"/> or about to be made there; the result names it.</summary>
    public static async Task<Outcome<RunReport>> WriteAsync(RunReport report, string root, Func<string> folder, CancellationToken ct)
    {
        try
        {
            report = report with { Folder = folder() };
            await WriteAsync(Path.Combine(report.Folder, ReportName), target => RunReportJson.WriteAsync(report, target, ct), ct);
            return report;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return Unwritable(root, error);
        }
    }

    /// <summary>Writes all files that follow from the report alone.</summary>
    public static async Task RenderAsync(RunReport report, string folder, CancellationToken ct)
    {
        await WriteAsync(Path.Combine(folder, PageName), target => ReportPage.WriteAsync(report, target, ct), ct);
        await WriteAsync(Path.Combine(folder, SummaryName), target => WriteTextAsync(target, SummaryFile.Write(report), ct), ct);
        await WriteAsync(Path.Combine(folder, JUnitName), target => JUnitFile.WriteAsync(report, target, ct), ct);
        await WriteAsync(Path.Combine(folder, IntervalsName), target => IntervalsFile.WriteAsync(report, target, ct), ct);
    }

    /// <summary>Finds out whether results can be written under <paramref name="root"/>, and leaves nothing behind.</summary>
    public static Problem? Check(string root)
    {
        try
        {
            // What does not exist yet can be made where its nearest existing parent can be written to.
            var parent = Path.GetFullPath(root);
            while (!Directory.Exists(parent))
            {
                if (File.Exists(parent))
                {
                    return new Problem($"Results cannot be written to folder '{root}': '{parent}' is a file.") { Advice = "Name another folder." };
                }

                parent = Path.GetDirectoryName(parent) ?? Path.GetPathRoot(Path.GetFullPath(root))!;
            }

            var probe = Path.Combine(parent, $".orca-{Guid.NewGuid():n}");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return Unwritable(root, error);
        }
    }

    public static Problem Unwritable(string root, Exception error) =>
        new($"Results cannot be written to folder '{root}': {error.Message}") { Advice = "Name a folder that can be written to." };

    /// <summary>Makes a folder for a run under <paramref name="root"/> that was not there before.</summary>
    public static string MakeFolder(DateTimeOffset start, string runName, string runId, string root)
    {
        var started = start.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var name = $"{started}-{Slug(runName)}-{Slug(runId)}";
        root = Path.GetFullPath(root);
        Directory.CreateDirectory(root);
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            var folder = Path.Combine(root, attempt == 1 ? name : $"{name}-{attempt}");
            if (Path.Exists(folder))
            {
                continue;
            }

            // Only one of two writers gets a folder: it is made under another name and moved into place, which fails where there is one.
            var made = Path.Combine(root, $".{Guid.NewGuid():n}");
            Directory.CreateDirectory(made);
            try
            {
                Directory.Move(made, folder);
                return folder;
            }
            catch (IOException) when (Path.Exists(folder))
            {
                Directory.Delete(made);
            }
        }

        throw new IOException($"There are {MostTries} folders for run '{runId}' already.");
    }

    private static async Task WriteTextAsync(Stream target, string text, CancellationToken ct) => await target.WriteAsync(Encoding.UTF8.GetBytes(text), ct);

    /// <summary>Writes a file; it appears under its name only when it is whole.</summary>
    private static async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken ct)
    {
        var unfinished = path + ".tmp";
        try
        {
            await using (var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous))
            {
                await write(target);
                await target.FlushAsync(ct);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>A name as part of a file's name: lower case, digits and dashes, 48 characters at most.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character) || character == '_')
            {
                slug.Append(char.ToLowerInvariant(character));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length switch
        {
            0 => "run",
            > 48 => trimmed[..48].Trim('-'),
            _ => trimmed,
        };
    }
}
