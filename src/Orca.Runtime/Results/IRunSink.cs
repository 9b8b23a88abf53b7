namespace Orca.Results;

/// <summary>Where a run's results go. A host can add its own. Calls come one at a time, in order, off the run's own path.</summary>
public interface IRunSink
{
    /// <summary>Gets the sink's name, for messages about it.</summary>
    string Name { get; }

    /// <summary>Finds out, before the run starts, whether the sink can do its work; a problem keeps the run from starting.</summary>
    /// <param name="ct">Cancelled when the run is stopped.</param>
    ValueTask<Problem?> CheckAsync(CancellationToken ct) => new((Problem?)null);

    /// <summary>The load is about to begin. Not called where a run ends before that.</summary>
    /// <param name="started">What is known of the run.</param>
    /// <param name="ct">Cancelled when the sink is given up.</param>
    ValueTask BeginAsync(RunStarted started, CancellationToken ct) => default;

    /// <summary>An interval has closed.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="ct">Cancelled when the sink is given up.</param>
    ValueTask IntervalAsync(RunInterval interval, CancellationToken ct) => default;

    /// <summary>Something has happened.</summary>
    /// <param name="happened">What.</param>
    /// <param name="ct">Cancelled when the sink is given up.</param>
    ValueTask EventAsync(RunEvent happened, CancellationToken ct) => default;

    /// <summary>The run is over. Intervals that closed with it, the last ones, are in its report and were in no call before.</summary>
    /// <param name="report">All of it.</param>
    /// <param name="ct">Cancelled when the sink is given up.</param>
    ValueTask EndAsync(RunReport report, CancellationToken ct) => default;
}
