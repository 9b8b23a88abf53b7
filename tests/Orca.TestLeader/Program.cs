using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Results.Elasticsearch;
using Orca.Results.Elasticsearch.Bulk;
using Orca.TestKit.Elasticsearch;

// A leader that does nothing but store a made-up run, to be killed by the test that started it:
//   Orca.TestLeader <url> <spool> <first interval> <intervals>
// It says which intervals it has handed over, as a leader tells the swarm's list of intervals before its sink.
var (url, spool, first, count) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
var run = new SyntheticRun(drones: 5, steps: 6, intervals: count);
var timings = new BulkTimings
{
    Linger = TimeSpan.FromMilliseconds(10),
    BackOff = TimeSpan.FromMilliseconds(10),
    LongestBackOff = TimeSpan.FromMilliseconds(100),
    LongestBackOffAtEnd = TimeSpan.FromMilliseconds(100),
    Refresh = TimeSpan.FromMilliseconds(20),
};
var options = new ElasticsearchOptions { Url = url, Spool = spool, RequestTimeout = TimeSpan.FromSeconds(1) };
await using var sink = new ElasticsearchSink(options, TimeProvider.System, NullLogger<ElasticsearchSink>.Instance, new() { Timings = timings });
await sink.BeginAsync(run.Started, default);
for (var number = first; number < count - 1; number++)
{
    Console.WriteLine(number.ToString(CultureInfo.InvariantCulture));
    await sink.IntervalAsync(run.IntervalAt(number), default);
    await Task.Delay(2);
}

var report = run.Report();
await sink.StoreAsync(report, default);
await sink.EndAsync(report, default);
foreach (var problem in sink.Problems)
{
    Console.Error.WriteLine(problem);
}

return sink.Problems.Count;
