using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orca.Compare.Rows;
using Orca.Compare.Tools;

namespace Orca.Compare;

/// <summary>Runs the rows asked for, and prints what they found.</summary>
internal sealed class Comparison(Options options)
{
    public const string Usage = """
        Usage: bench/compare/run [--rows a,b] [--rounds 5] [--seconds 3] [--json results.jsonl]
          --rows     the rows to run, by their letters in bench/README.md; all of them unless told
          --rounds   how often each subject has its turn
          --seconds  how long each is measured in its turn
          --json     a file to which each figure is added as a line {"name","figure","unit","yardstick","ratio"}
        """;

    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<int> RunAsync()
    {
        var asked = options.Text("rows").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var settings = new RowSettings(options.Number("rounds", 5), options.Number("seconds", 3));
        Console.WriteLine($"{Machine.Describe()}; {settings.Rounds} rounds of {settings.Seconds} s");
        Console.WriteLine();
        Console.WriteLine("| figure | median | unit | goal | yardstick | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var row in Row.All.Where(row => asked.Length == 0 ? !row.IsLong : asked.Contains(row.Name)))
        {
            await Console.Error.WriteLineAsync($"{row.Name}: {row.Work}");
            foreach (var figure in await row.RunAsync(settings))
            {
                Console.WriteLine($"| {figure.Name} | {Short(figure.Value)} | {figure.Unit} | {figure.Goal} | {figure.Yardstick} | {(figure.Ratio is { } ratio ? Short(ratio) : "")} |");
                if (options.Text("json") is { Length: > 0 } file)
                {
                    await File.AppendAllLinesAsync(file, [JsonSerializer.Serialize(figure, _readable)]);
                }
            }
        }

        return 0;
    }

    private static string Short(double value) =>
        value.ToString(Math.Abs(value) switch { >= 1000 => "N0", >= 100 => "F0", >= 10 => "F1", >= 0.1 => "F2", 0 => "F0", _ => "G2" }, CultureInfo.InvariantCulture);
}
