using System.Text.Json;
using Orca.Plans;
using Orca.Results;
using Orca.Results.Files;
using Orca.TestKit;

namespace Orca.Tests.Results;

public sealed class HdrLogsTests : IDisposable
{
    // Adds up every interval of each log, by tag, and tells count and quantiles in nanoseconds.
    private const string Script = """
        const hdr = require('hdr-histogram-js'), fs = require('fs'), path = require('path');
        const all = {};
        for (const file of fs.readdirSync(process.argv[2]).filter(name => name.endsWith('.hlog'))) {
          const reader = new hdr.HistogramLogReader(fs.readFileSync(path.join(process.argv[2], file), 'utf8'));
          for (let next; (next = reader.nextIntervalHistogram()) != null;) {
            const key = file + (next.tag && next.tag !== 'NO TAG' ? '#' + next.tag : '');
            all[key] ? all[key].add(next) : (all[key] = next);
          }
        }
        const told = {};
        for (const [key, h] of Object.entries(all)) told[key] = [h.totalCount, ...[50, 75, 90, 95, 99, 99.9].map(p => h.getValueAtPercentile(p))];
        console.log(JSON.stringify(told));
        """;

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Logs_ReadByHdrHistogramForJavaScript_GiveTheReportsCountsAndQuantiles()
    {
        await NodePackages.InstallAsync(_folder, "hdr-histogram-js@3.0.1");
        var report = await RunAsync(leaveOut: 0);

        var read = JsonSerializer.Deserialize<Dictionary<string, double[]>>(await NodePackages.RunAsync(_folder, Script, report.Folder!))!;

        foreach (var scenario in report.Scenarios)
        {
            Same(scenario.Measured.Response!, read[$"{scenario.Name}.response.hlog"]);
            Same(scenario.Measured.Service!, read[$"{scenario.Name}.service.hlog"]);
            Assert.All(scenario.Measured.Steps, step => Same(step.Service!, read[$"{scenario.Name}.steps.hlog#{step.Name.Replace(' ', '_')}"]));
        }

        static void Same(TimeStatistics expected, double[] read)
        {
            Assert.Equal(expected.Count, (long)read[0]);
            foreach (var (of, nanoseconds) in ((double[])[expected.P50, expected.P75, expected.P90, expected.P95, expected.P99, expected.P999]).Zip(read.Skip(1)))
            {
                // The report holds quantiles to its exact least and greatest; a log knows its buckets only.
                Assert.InRange(nanoseconds / 1e6, of * 0.999, of * 1.001);
            }
        }
    }

    [Fact]
    public async Task Logs_IntervalsThatNeverCame_AreTheLastLine()
    {
        var (whole, parted) = (await RunAsync(leaveOut: 0), await RunAsync(leaveOut: 3));

        Assert.Equal(await CountsAsync(whole.Folder!), await CountsAsync(parted.Folder!));
    }

    private async Task<RunReport> RunAsync(int leaveOut)
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("pay", 100, 8), FakeRun.Closed("browse", 4, 8)) with { WarmUp = TimeSpan.FromSeconds(1) }, drones: 3);
        var root = _folder.At($"reports-{leaveOut}");
        var sink = new FilesSink(root);
        await sink.BeginAsync(run.Started, Token);
        var random = new Random(5);
        for (var second = 1; second <= 7; second++)
        {
            foreach (var drone in run.Drones)
            {
                drone.Iterate(random.Next(40), 3 + (random.NextDouble() * 90), warmUp: second == 1).Iterate(random.Next(3), 400, error: "Timeout", warmUp: second == 1);
                drone.Iterate(random.Next(20), 20 + (random.NextDouble() * 5), scenario: 1, warmUp: second == 1);
                drone.Step("look around", random.Next(30), 1 + random.NextDouble(), scenario: 1).Step("buy now", random.Next(9), 8 + random.NextDouble());
            }

            foreach (var interval in run.Report(second).Where(_ => second > leaveOut))
            {
                await sink.IntervalAsync(interval, Token);
            }
        }

        run.Drones[0].Iterate(5, 7);
        var report = run.Finish(8);
        await sink.EndAsync(report, Token);
        return report with { Folder = Assert.Single(Directory.GetDirectories(root)) };
    }

    private static async Task<SortedDictionary<string, long>> CountsAsync(string folder)
    {
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "*.hlog"))
        {
            foreach (var line in (await File.ReadAllLinesAsync(file, Token)).Where(line => !line.StartsWith('#') && !line.StartsWith('"')))
            {
                var parts = line.Split(',');
                var key = $"{Path.GetFileName(file)} {(parts.Length == 5 ? parts[0] : "")}";
                Assert.True(Orca.Measurement.HdrEncoding.DecodeCompressed(Convert.FromBase64String(parts[^1])).TryGet(out var times, out _));
                counts[key] = counts.GetValueOrDefault(key) + times.Count;
            }
        }

        Assert.Equal(6, counts.Count);
        return counts;
    }
}
