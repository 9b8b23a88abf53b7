using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orca.Benchmarks.Elasticsearch;
using Orca.Results;
using Orca.Results.Elasticsearch;
using Orca.TestKit.Elasticsearch;

if (args is ["serve"])
{
    await AcceptingServer.RunAsync();
    return 0;
}

// A 10-minute run of 100 drones and 20 steps, a new interval as soon as the last is handed over: much faster than it would come.
var (drones, steps, seconds) = (100, 20, 600);
var speed = args is ["--speed", var times] ? double.Parse(times, CultureInfo.InvariantCulture) : 40;
var run = new SyntheticRun(drones, steps, seconds, samples: 200);

// 1. What making the run up costs, to be taken off.
var made = Usage.Measure();
var last = 0L;
for (var i = 0; i < seconds; i++)
{
    last += run.IntervalAt(i).Detail!.Measured[0].Started;
}

var making = Usage.Since(made);

// 2. The same with a sink.
using var server = Process.Start(new ProcessStartInfo
{
    FileName = Path.ChangeExtension(typeof(AcceptingServer).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null)!.TrimEnd('.'),
    ArgumentList = { "serve" },
    RedirectStandardInput = true,
    RedirectStandardOutput = true,
})!;
var url = (await server.StandardOutput.ReadLineAsync())!;
var spool = Directory.CreateTempSubdirectory("orca-bench-").FullName;
var options = new ElasticsearchOptions { Url = url, Spool = spool };
await using var sink = new ElasticsearchSink(options, TimeProvider.System, NullLogger<ElasticsearchSink>.Instance);
GC.Collect();
var memoryBefore = GC.GetTotalMemory(forceFullCollection: true);
var (largestSpool, largestHeap, slowest) = (0L, 0L, TimeSpan.Zero);
var began = Usage.Measure();
await sink.BeginAsync(run.Started, default);
for (var i = 0; i < seconds - 1; i++)
{
    var interval = run.IntervalAt(i);
    var handed = Stopwatch.GetTimestamp();
    await sink.IntervalAsync(interval, default);
    var took = Stopwatch.GetElapsedTime(handed);
    slowest = took > slowest ? took : slowest;
    if (i % 10 == 0)
    {
        largestSpool = Math.Max(largestSpool, Directory.GetFiles(spool, "*.seg", SearchOption.AllDirectories).Sum(file => new FileInfo(file) is { Exists: true } there ? there.Length : 0));
        largestHeap = Math.Max(largestHeap, GC.GetTotalMemory(forceFullCollection: false));
    }

    var due = began.Wall.Elapsed.TotalSeconds * speed;
    if (i > due)
    {
        await Task.Delay(TimeSpan.FromSeconds((i - due) / speed));
    }
}

var handedOver = began.Wall.Elapsed;
await sink.EndAsync(run.Report(), default);
var used = Usage.Since(began);
using var http = new HttpClient();
var counts = (await http.GetStringAsync($"{url}/counts")).Split(' ').Select(count => long.Parse(count, CultureInfo.InvariantCulture)).ToArray();
server.StandardInput.Close();
await server.WaitForExitAsync();
Directory.Delete(spool, recursive: true);

var cpu = used.Processor - making.Processor;
var text = FormattableString.Invariant($"""
    | figure | value |
    |---|---|
    | intervals × drones × steps | {seconds} × {drones} × {steps} |
    | documents stored | {counts[0]:N0} ({(double)counts[0] / seconds:N0} for each interval) |
    | bytes, as JSON lines | {counts[3] / 1e6:N1} MB ({counts[3] / (double)seconds / 1000:N1} kB for each second of the run; {counts[3] / (double)counts[0]:N0} B for each document) |
    | bytes, compressed | {counts[2] / 1e6:N1} MB ({counts[2] / (double)seconds / 1000:N1} kB for each second of the run) in {counts[1]:N0} requests |
    | speed driven at | {seconds / handedOver.TotalSeconds:N1} × real time, everything stored {(used.Elapsed - handedOver).TotalSeconds:N2} s after the last interval |
    | throughput reached | {counts[0] / used.Elapsed.TotalSeconds:N0} documents/s, {counts[3] / 1e6 / used.Elapsed.TotalSeconds:N1} MB/s |
    | processor time of the sink | {cpu.TotalSeconds:N2} s in all, {cpu.TotalMilliseconds / seconds:N2} ms for each second of the run, {cpu.TotalMicroseconds / counts[0]:N1} µs for each document |
    | allocated by the sink | {(used.Allocated - making.Allocated) / 1e6:N0} MB in all, {(used.Allocated - making.Allocated) / (double)counts[0] / 1000:N1} kB for each document |
    | largest heap while it ran | {largestHeap / 1e6:N1} MB, of which {memoryBefore / 1e6:N1} MB were there before |
    | largest spool while it ran | {largestSpool / 1e6:N1} MB |
    | longest that an interval took to hand over | {slowest.TotalMilliseconds:N1} ms |
    | problems | {sink.Problems.Count} |
    """);
Console.WriteLine(text);
return sink.Problems.Count == 0 && last > 0 ? 0 : 1;
