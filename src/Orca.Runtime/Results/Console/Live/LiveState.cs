using System.Collections.Immutable;

namespace Orca.Results.Console.Live;

/// <summary>Gathers what the live view shows. Used by the sink's loop, the drawing loop and whoever writes to the console.</summary>
internal sealed class LiveState(TimeProvider clock)
{
    private const int MostPoints = 2000;
    private const int MostNotes = 200;

    private readonly Lock _lock = new();
    private readonly List<LivePoint> _course = [];
    private readonly List<LiveNote> _notes = [];
    private readonly WrittenLines _written = new();
    private readonly Dictionary<string, IntervalTimes> _times = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);
    private RunStarted? _started;
    private RunInterval? _last;
    private long _begun;
    private TimeSpan _untilStart;
    private bool _stopped;
    private (long Asked, long Arrived, long Finished, long Failed, long Dropped, long Missed) _sums;

    public void Begin(RunStarted started)
    {
        lock (_lock)
        {
            _started = started;
            _begun = clock.GetTimestamp();
            _untilStart = started.StartTime - clock.GetUtcNow();
        }
    }

    public void Add(RunInterval interval)
    {
        lock (_lock)
        {
            var total = interval.Total;
            _sums = (
                _sums.Asked + total.ArrivalsAsked, _sums.Arrived + total.Arrivals, _sums.Finished + total.Ok + total.Failed,
                _sums.Failed + total.Failed, _sums.Dropped + total.Dropped, _sums.Missed + total.Missed);
            if (interval.Correction)
            {
                return;
            }

            _last = interval;
            _course.Add(new(interval.To, total.Response));
            Trim(_course, MostPoints);
            foreach (var figures in interval.WarmUp.Concat(interval.Scenarios).Where(figures => figures.Response is not null))
            {
                _times[figures.Name] = figures.Response!;
            }
        }
    }

    public void Add(RunEvent happened)
    {
        lock (_lock)
        {
            if (happened is { Kind: RunEventKind.DroneLost, Drone: { } drone })
            {
                _lost.Add(drone);
            }

            _stopped |= happened.Kind == RunEventKind.StopRequested;
            Note(new(happened.RunTime is { } at && at >= TimeSpan.Zero ? at : null, happened.Text, ConsoleProgress.IsGrave(happened)));
        }
    }

    /// <summary>Takes a line that somebody wrote to the console.</summary>
    public void Add(string line)
    {
        lock (_lock)
        {
            if (_written.Read(line) is { } written)
            {
                Note(written with { At = _started is not null && Elapsed() is var at && at >= TimeSpan.Zero ? at : null });
            }
        }
    }

    /// <summary>What is to be shown now; null before the run has begun.</summary>
    public LiveView? View()
    {
        lock (_lock)
        {
            if (_started is not { } started)
            {
                return null;
            }

            var elapsed = Elapsed();
            return new()
            {
                Started = started,
                Elapsed = elapsed,
                Draining = _stopped || elapsed >= started.Plan.Duration,
                Last = _last,
                Times = _times.ToImmutableDictionary(StringComparer.Ordinal),
                Course = [.. _course],
                Lost = [.. _lost],
                Notes = [.. _notes],
                Asked = _sums.Asked,
                Arrived = _sums.Arrived,
                Finished = _sums.Finished,
                Failed = _sums.Failed,
                Dropped = _sums.Dropped,
                Missed = _sums.Missed,
            };
        }
    }

    private TimeSpan Elapsed() => clock.GetElapsedTime(_begun) - _untilStart;

    private void Note(LiveNote note)
    {
        _notes.Add(note);
        Trim(_notes, MostNotes);
    }

    private static void Trim<T>(List<T> list, int most)
    {
        if (list.Count > most)
        {
            list.RemoveRange(0, list.Count - most);
        }
    }
}
