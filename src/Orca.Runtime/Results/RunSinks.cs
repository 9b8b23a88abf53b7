using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orca.Results;

/// <summary>A run's sinks, each behind a bounded queue of its own: a slow or broken one is reported, never waited for while the run goes on.</summary>
internal sealed class RunSinks(IReadOnlyList<IRunSink> sinks, TimeProvider clock, ILogger? logger = null) : IAsyncDisposable
{
    private readonly ImmutableArray<SinkLane> _lanes = [.. sinks.Select(sink => new SinkLane(sink, clock, logger ?? NullLogger.Instance))];

    /// <summary>Asks every sink whether it can do its work; the first problem, or null.</summary>
    public async Task<Problem?> CheckAsync(CancellationToken ct)
    {
        foreach (var sink in sinks)
        {
            try
            {
                if (await sink.CheckAsync(ct) is { } problem)
                {
                    return problem;
                }
            }
            catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                return new Problem($"Sink '{sink.Name}' could not be checked: {error.GetType().Name}: {error.Message}");
            }
        }

        return null;
    }

    public void Begin(RunStarted started) => Each(lane => lane.Begin(started));

    /// <summary>An interval has closed: told to all who show it at once.</summary>
    public void Interval(RunInterval interval) => Each(lane => lane.Interval(interval), lane => !lane.StoresDocuments);

    /// <summary>The swarm's list has an interval: told to all who store documents.</summary>
    public void Kept(RunInterval interval) => Each(lane => lane.Kept(interval), lane => lane.StoresDocuments);

    /// <summary>An earlier leader had closed an interval: told to all who store documents.</summary>
    public void Restored(RunInterval interval) => Each(lane => lane.Restored(interval), lane => lane.StoresDocuments);

    public void Event(RunEvent happened) => Each(lane => lane.Event(happened));

    /// <summary>Has every sink that keeps reports put this one on disk, before the run is called completed; the first one's folder is in the result.</summary>
    public async Task<(RunReport Report, IReadOnlyList<Problem> Problems)> StoreAsync(RunReport report, CancellationToken ct)
    {
        List<Problem> problems = [];
        report = Counted(report);
        foreach (var store in sinks.OfType<IReportStore>())
        {
            if ((await store.StoreAsync(report, ct)).TryGet(out var stored, out var found))
            {
                report = report.Folder is null ? stored : report;
            }
            else
            {
                problems.AddRange(found);
            }
        }

        return (report, problems);
    }

    /// <summary>Hands the report to every sink and waits for them, up to a time-out each; problems are returned, never thrown.</summary>
    public async Task<IReadOnlyList<Problem>> EndAsync(RunReport report, TimeSpan timeout, CancellationToken ct) =>
        [
            .. (await Task.WhenAll(_lanes.Select(lane => lane.EndAsync(report, timeout, ct)))).SelectMany(problems => problems),
            .. sinks.OfType<IDocumentSink>().SelectMany(sink => sink.Problems),
        ];

    /// <summary>The report with how many documents will never be stored, as far as that is known.</summary>
    public RunReport Counted(RunReport report)
    {
        var notStored = sinks.OfType<IDocumentSink>().Sum(sink => sink.DocumentsNotStored);
        return report.Completeness.DocumentsNotStored == notStored ? report : report with { Completeness = report.Completeness with { DocumentsNotStored = notStored } };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
        {
            await lane.DisposeAsync();
        }
    }

    private void Each(Action<SinkLane> call, Func<SinkLane, bool>? where = null)
    {
        foreach (var lane in _lanes)
        {
            if (where is null || where(lane))
            {
                call(lane);
            }
        }
    }
}
