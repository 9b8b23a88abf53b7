using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orca.Measurement;

namespace Orca.Results.Files;

/// <summary>Writes a run's <c>*.hlog</c> files: HdrHistogram interval logs, V2 compressed, of what was measured, warm-up left out.</summary>
/// <remarks>
/// For each scenario <c>‹scenario›.response.hlog</c>, <c>‹scenario›.service.hlog</c> and, where it has steps, <c>‹scenario›.steps.hlog</c>, in which the tag tells
/// the step. A file's histograms add up to the report's: what the log did not get as it happened is its last line. Values are nanoseconds.
/// </remarks>
internal sealed class HdrLogs
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    private readonly string _folder;
    private readonly DateTimeOffset _start;
    private readonly ImmutableArray<string> _files;
    private readonly Dictionary<(string File, string Step), Histogram> _logged = [];

    public HdrLogs(string folder, IEnumerable<string> scenarios, DateTimeOffset start)
    {
        (_folder, _start) = (folder, start);
        HashSet<string> taken = [];
        _files = [.. scenarios.Select(scenario => Unique(ReportFiles.Slug(scenario), taken))];
    }

    /// <summary>Appends what was measured in an interval.</summary>
    public Task AppendAsync(RunInterval interval, CancellationToken ct) =>
        interval.Detail is { } detail ? AppendAsync(interval.From, interval.To, detail.Measured, rest: false, ct) : Task.CompletedTask;

    /// <summary>Appends what the logs lack of all that was measured, as one interval.</summary>
    public Task CompleteAsync(RunReport report, CancellationToken ct) =>
        report.Detail is { } detail ? AppendAsync(TimeSpan.Zero, report.RunTime, detail.Measured, rest: true, ct) : Task.CompletedTask;

    private async Task AppendAsync(TimeSpan from, TimeSpan to, ImmutableArray<MeasurementSet> measured, bool rest, CancellationToken ct)
    {
        for (var i = 0; i < measured.Length && i < _files.Length; i++)
        {
            var set = measured[i];
            await AppendAsync($"{_files[i]}.response.hlog", from, to, [("", Sum(set.ResponseOk, set.ResponseFailed))], rest, ct);
            await AppendAsync($"{_files[i]}.service.hlog", from, to, [("", Sum(set.ServiceOk, set.ServiceFailed))], rest, ct);
            await AppendAsync($"{_files[i]}.steps.hlog", from, to, set.Steps.OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => (step.Key, step.Value.Service)), rest, ct);
        }
    }

    private async Task AppendAsync(string file, TimeSpan from, TimeSpan to, IEnumerable<(string Step, Histogram Times)> histograms, bool rest, CancellationToken ct)
    {
        var lines = new StringBuilder();
        foreach (var (step, all) in histograms)
        {
            var logged = _logged.GetValueOrDefault((file, step));
            var times = rest && logged is not null ? all.Since(logged) : all;
            if (times.Count == 0)
            {
                continue;
            }

            if (logged is null)
            {
                _logged.Add((file, step), logged = new(times.Precision));
            }

            logged.Add(times);
            var tag = step.Length > 0 ? $"Tag={Tag(step)}," : "";
            lines.Append(Plain, $"{tag}{from.TotalSeconds:0.000},{(to - from).TotalSeconds:0.000},{times.Max / 1e6:0.000},{Convert.ToBase64String(HdrEncoding.EncodeCompressed(times))}\n");
        }

        if (lines.Length == 0)
        {
            return;
        }

        var path = Path.Combine(_folder, file);
        await File.AppendAllTextAsync(path, File.Exists(path) ? lines.ToString() : Header() + lines, ct);
    }

    private string Header() => string.Create(
        Plain,
        $"#[Histogram log format version 1.3]\n#[StartTime: {_start.ToUnixTimeMilliseconds() / 1e3:0.000} (seconds since epoch), {_start.UtcDateTime:ddd MMM dd HH:mm:ss} UTC {_start.UtcDateTime:yyyy}]\n\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n");

    private static Histogram Sum(Histogram ok, Histogram failed)
    {
        var sum = new Histogram(ok.Precision);
        sum.Add(ok);
        sum.Add(failed);
        return sum;
    }

    /// <summary>A step's name as the log's format can hold it.</summary>
    private static string Tag(string step) =>
        string.Create(step.Length, step, (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = source[i] == ',' || char.IsWhiteSpace(source[i]) || char.IsControl(source[i]) ? '_' : source[i];
            }
        });

    private static string Unique(string name, HashSet<string> taken)
    {
        for (var i = 2; !taken.Add(name); i++)
        {
            name = $"{name}-{i}";
        }

        return name;
    }
}
