using System.Globalization;
using System.Text;
using Orca.Results;
using Orca.Results.Files;

namespace Orca.Tests.Results;

public class IntervalsFileTests
{
    [Fact]
    public async Task WriteAsync_Report_HasARowForEachIntervalScenarioAndStepThatAddUpToItsTotals()
    {
        var report = SampleReport.Make();
        var rows = await RowsAsync(report);

        Assert.Equal(report.Intervals.Length, rows.Count(row => row["part"] == "total"));
        foreach (var scenario in report.Scenarios)
        {
            var own = rows.Where(row => row["part"] == "measured" && row["scenario"] == scenario.Name).ToList();
            Assert.Equal(
                (scenario.Measured.Finished, scenario.Measured.Failed),
                (Sum(own.Where(row => row["step"] == ""), "ok", "failed"), Sum(own.Where(row => row["step"] == ""), "failed")));
            Assert.All(scenario.Measured.Steps, step => Assert.Equal(step.Ok + step.Failed, Sum(own.Where(row => row["step"] == step.Name), "ok", "failed")));
        }

        Assert.All(rows.Where(row => row["mark"] != "correction"), row => Assert.True(double.Parse(row["to_s"], CultureInfo.InvariantCulture) > double.Parse(row["from_s"], CultureInfo.InvariantCulture)));
        Assert.Contains(rows, row => row["response_p99_ms"] != "" && row["service_p99_ms"] != "");
        Assert.Contains(rows, row => row["mark"] == "wide");
    }

    [Fact]
    public async Task WriteAsync_NamesOfSigns_AreOneFieldAndNoFormula()
    {
        var run = new FakeRun(FakeRun.Plan(FakeRun.Open("=a,\"b\"", 100, 1)));
        run.Drones[0].Iterate(100).Step("+x", 5);
        run.Report(1);
        var rows = await RowsAsync(run.Finish(1));

        Assert.Contains(rows, row => row["scenario"] == "'=a,\"b\"" && row["step"] == "");
        Assert.Contains(rows, row => row["step"] == "'+x");
    }

    private static long Sum(IEnumerable<Dictionary<string, string>> rows, params string[] columns) =>
        rows.Sum(row => columns.Sum(column => long.Parse(row[column], CultureInfo.InvariantCulture)));

    private static async Task<List<Dictionary<string, string>>> RowsAsync(RunReport report)
    {
        using var stream = new MemoryStream();
        await IntervalsFile.WriteAsync(report, stream, TestContext.Current.CancellationToken);
        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n");
        Assert.Equal("", lines[^1]);
        var columns = Fields(lines[0]);
        return [.. lines[1..^1].Select(Fields).Select(fields =>
        {
            Assert.Equal(columns.Count, fields.Count);
            return columns.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        })];
    }

    // As RFC 4180 has it, but for line breaks within a field.
    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        var (field, quoted) = (new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        return [.. fields, field.ToString()];
    }
}
