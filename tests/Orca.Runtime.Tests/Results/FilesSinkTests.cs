using Orca.Plans;
using Orca.Results;
using Orca.Results.Files;

namespace Orca.Tests.Results;

public sealed class FilesSinkTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"orca-files-{Guid.NewGuid():n}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    private static Task<Outcome<RunReport>> StoreAsync(RunReport report, string root) => ((IReportStore)new FilesSink(root)).StoreAsync(report, Token);

    [Fact]
    public async Task WriteAsync_Report_IsReadBackFromAFolderOfItsOwn()
    {
        var report = SampleReport.Make();

        Assert.True((await StoreAsync(report, _root)).TryGet(out var stored, out _));

        Assert.Equal(Path.Combine(_root, "20260301-120000-checkout-under-load-run-1"), stored.Folder);
        Assert.Equal(["report.json"], Directory.GetFileSystemEntries(stored.Folder!).Select(Path.GetFileName));
        var json = await File.ReadAllTextAsync(Path.Combine(stored.Folder!, "report.json"), Token);
        Assert.Equal(RunReportJson.Write(report), json);
        Assert.Single(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public async Task WriteAsync_SameRunAgain_OverwritesNothing()
    {
        var report = SampleReport.Make();
        await StoreAsync(report, _root);

        Assert.True((await StoreAsync(report, _root)).TryGet(out var second, out _));

        Assert.EndsWith("-run-1-2", second.Folder, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetDirectories(_root).Length);
    }

    [Fact]
    public async Task WriteAsync_FolderIsAFile_IsAProblem()
    {
        await File.WriteAllTextAsync(_root, "", Token);
        try
        {
            Assert.False((await StoreAsync(SampleReport.Make(), Path.Combine(_root, "deep"))).TryGet(out _, out var problems));
            Assert.Contains("Results cannot be written to folder", problems[0].What, StringComparison.Ordinal);

            var found = await new FilesSink(Path.Combine(_root, "deep")).CheckAsync(Token);
            Assert.Contains("is a file", found!.What, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(_root);
        }
    }

    [Fact]
    public async Task CheckAsync_FolderThatCanBeMade_LeavesNothingBehind()
    {
        Assert.Null(await new FilesSink(Path.Combine(_root, "a", "b")).CheckAsync(Token));
        Assert.False(Directory.Exists(_root));

        Directory.CreateDirectory(_root);
        Assert.Null(await new FilesSink(_root).CheckAsync(Token));
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public async Task EndAsync_ReportStoredBefore_AddsTheSummaryToTheSameFolder()
    {
        var sink = new FilesSink(_root);
        var report = SampleReport.Make();
        Assert.True((await ((IReportStore)sink).StoreAsync(report, Token)).TryGet(out var stored, out _));

        await sink.EndAsync(stored, Token);

        Assert.Single(Directory.GetDirectories(_root));
        var summary = await File.ReadAllTextAsync(Path.Combine(stored.Folder!, "summary.md"), Token);
        Assert.StartsWith("## ⚠️ checkout under load: invalid", summary, StringComparison.Ordinal);
        Assert.Contains("| ❌ | checkout/pay errors &lt; 0.5% | 3.33% | – |", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndAsync_ReportNotStoredYet_WritesAll()
    {
        await new FilesSink(_root).EndAsync(SampleReport.Make(), Token);

        Assert.Equal(
            [
                "browse.response.hlog", "browse.service.hlog", "browse.steps.hlog", "checkout.response.hlog", "checkout.service.hlog", "checkout.steps.hlog",
                "import.response.hlog", "import.service.hlog", "intervals.csv", "junit.xml", "report.html", "report.json", "summary.md",
            ],
            Directory.GetFiles(Assert.Single(Directory.GetDirectories(_root))).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task WriteAsync_NamesFullOfSigns_StayInsideTheFolder()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 1, 1)) with { Name = "../../etc/ÄÖ: ☃" });
        Assert.True((await StoreAsync(run.Finish(1) with { RunId = "../x" }, _root)).TryGet(out var stored, out _));

        Assert.Equal(_root, Path.GetDirectoryName(stored.Folder));
        Assert.Equal("20260301-120000-etc-x", Path.GetFileName(stored.Folder));
    }
}
