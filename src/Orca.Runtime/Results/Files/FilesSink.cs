namespace Orca.Results.Files;

/// <summary>Writes a run's results to a folder of its own: <c>report.json</c> and <c>summary.md</c>.</summary>
/// <param name="folder">The folder that the runs' folders are made in. Made when the first is written.</param>
public sealed class FilesSink(string folder) : IRunSink, IReportStore
{
    private RunReport? _stored;

    /// <summary>Gets the folder that the runs' folders are made in.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public string Name => "files";

    /// <inheritdoc/>
    public ValueTask<Problem?> CheckAsync(CancellationToken ct) => new(ReportFiles.Check(Folder));

    /// <inheritdoc/>
    public async ValueTask EndAsync(RunReport report, CancellationToken ct)
    {
        var stored = _stored;
        if (stored?.RunId != report.RunId && !(await StoreAsync(report, ct)).TryGet(out stored, out var problems))
        {
            throw new IOException(problems[0].ToString());
        }

        await ReportFiles.WriteTextAsync(Path.Combine(stored!.Folder!, ReportFiles.SummaryName), SummaryFile.Write(report), ct);
    }

    async Task<Outcome<RunReport>> IReportStore.StoreAsync(RunReport report, CancellationToken ct) => await StoreAsync(report, ct);

    private async Task<Outcome<RunReport>> StoreAsync(RunReport report, CancellationToken ct)
    {
        var outcome = await ReportFiles.WriteAsync(report, Folder, ct);
        if (outcome.TryGet(out var stored, out _))
        {
            _stored = stored;
        }

        return outcome;
    }
}
