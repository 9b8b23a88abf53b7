using Orca.Results;
using Orca.TestKit;

namespace Orca.Tests.Tool;

/// <summary><c>orca report</c>: a run's folder is shown, and what follows from its report.json is written where it is lacking or asked for.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Report_OfAFolderWithoutAPage_ShowsItAndWritesThePage()
    {
        await WriteAsync();

        var shown = await OrcaProcess.RunAsync(_folder.Path, "report", "run");

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Contains("INVALID", shown.Output, StringComparison.Ordinal);
        Assert.Equal(["intervals.csv", "junit.xml", "report.html", "report.json", "summary.md"], Files());
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(_folder.At("run", "report.html"), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfAFolderWithAPage_LeavesItUnlessAskedFor()
    {
        await WriteAsync();
        _folder.Write("run/report.html", "an older page");

        await OrcaProcess.RunAsync(_folder.Path, "report", "run");
        Assert.Equal("an older page", await File.ReadAllTextAsync(_folder.At("run", "report.html"), Ct));
        Assert.Equal(["report.html", "report.json"], Files());

        var rebuilt = await OrcaProcess.RunAsync(_folder.Path, "report", "run", "--rebuild", "--json");
        Assert.Equal((0, ""), (rebuilt.ExitCode, rebuilt.Error));
        Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(_folder.At("run", "report.html"), Ct), StringComparison.Ordinal);
        Assert.Contains("summary.md", Files());
    }

    [Fact]
    public async Task Report_OfAFileAlone_WritesNothingBesideIt()
    {
        await WriteAsync();
        File.Move(_folder.At("run", "report.json"), _folder.At("run", "nightly.json"));

        var shown = await OrcaProcess.RunAsync(_folder.Path, "report", "run/nightly.json");
        var rebuilt = await OrcaProcess.RunAsync(_folder.Path, "report", "run/nightly.json", "--rebuild");

        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Equal(["nightly.json"], Files());
        Assert.Equal(2, rebuilt.ExitCode);
        Assert.Contains("Nothing can be written anew from 'run/nightly.json'", rebuilt.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfADamagedReport_SaysWhichAndWritesNothing()
    {
        _folder.Write("run/report.json", "{");

        var shown = await OrcaProcess.RunAsync(_folder.Path, "report", "run", "--rebuild");

        Assert.Equal(2, shown.ExitCode);
        Assert.StartsWith("run/report.json: The report could not be read", shown.Error, StringComparison.Ordinal);
        Assert.Equal(["report.json"], Files());
    }

    private IEnumerable<string> Files() => Directory.GetFiles(_folder.At("run")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    private async Task WriteAsync()
    {
        Directory.CreateDirectory(_folder.At("run"));
        await using var file = File.Create(_folder.At("run", "report.json"));
        await RunReportJson.WriteAsync(RichReport.Make(10), file, Ct);
    }
}
