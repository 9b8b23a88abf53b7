namespace Orca.Results.Files;

/// <summary>Writes a run's results to a folder of its own: <c>report.html</c>, <c>report.json</c>, <c>intervals.csv</c>, <c>junit.xml</c>, <c>summary.md</c> and <c>*.hlog</c>.</summary>
/// <param name="folder">The folder that the runs' folders are made in. Made when the first run's load begins.</param>
public sealed class FilesSink(string folder) : IRunSink, IReportStore
{
    // The leader stores the report beside what the sink's own loop is doing.
    private readonly Lock _making = new();
    private (string RunId, string Folder)? _made;
    private HdrLogs? _logs;
    private RunReport? _stored;

    /// <summary>Gets the folder that the runs' folders are made in.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public string Name => "files";

    /// <inheritdoc/>
    public ValueTask<Problem?> CheckAsync(CancellationToken ct) => new(ReportFiles.Check(Folder));

    /// <inheritdoc/>
    public ValueTask BeginAsync(RunStarted started, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(started);
        var runFolder = FolderOf(started.RunId, started.Plan.Name, started.StartTime);
        _logs = new(runFolder, started.Plan.Scenarios.Select(scenario => scenario.Name), started.StartTime);
        return default;
    }

    /// <inheritdoc/>
    public async ValueTask IntervalAsync(RunInterval interval, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(interval);
        if (_logs is { } logs)
        {
            await logs.AppendAsync(interval, ct);
        }
    }

    /// <inheritdoc/>
    public async ValueTask EndAsync(RunReport report, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(report);
        var stored = _stored;
        if (stored?.RunId != report.RunId && !(await StoreAsync(report, ct)).TryGet(out stored, out var problems))
        {
            throw new IOException(problems[0].ToString());
        }

        await ReportFiles.RenderAsync(report, stored!.Folder!, ct);
        if (report.StartTime is { } start)
        {
            // The intervals that closed with the run came to no sink before.
            var logs = _logs ?? new(stored.Folder!, report.Scenarios.Select(scenario => scenario.Name), start);
            foreach (var interval in report.Intervals)
            {
                await logs.AppendAsync(interval, ct);
            }

            await logs.CompleteAsync(report, ct);
        }
    }

    async Task<Outcome<RunReport>> IReportStore.StoreAsync(RunReport report, CancellationToken ct) => await StoreAsync(report, ct);

    private async Task<Outcome<RunReport>> StoreAsync(RunReport report, CancellationToken ct)
    {
        var outcome = await ReportFiles.WriteAsync(report, Folder, () => FolderOf(report.RunId, report.Name, report.StartTime ?? report.EndTime), ct);
        if (outcome.TryGet(out var stored, out _))
        {
            _stored = stored;
        }

        return outcome;
    }

    /// <summary>The run's folder, made where it is not there yet.</summary>
    private string FolderOf(string runId, string name, DateTimeOffset start)
    {
        lock (_making)
        {
            if (_made is not { } made || made.RunId != runId)
            {
                _made = made = (runId, ReportFiles.MakeFolder(start, name, runId, Folder));
            }

            return made.Folder;
        }
    }
}
