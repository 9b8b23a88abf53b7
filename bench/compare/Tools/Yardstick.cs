using System.Globalization;
using System.Text.RegularExpressions;

namespace Orca.Compare.Tools;

/// <summary>A load tool that anyone can install: how it is run, and how it tells its count of requests.</summary>
internal sealed record Yardstick(string Name, Func<Uri, int, string> Line, Func<string, double> Requests)
{
    public static IReadOnlyList<Yardstick> All { get; } =
    [
        new("wrk", (url, s) => $"wrk -t1 -c64 -d{s}s {url}", text => Number(text, @"(\d+) requests in")),
        new("ab", (url, s) => $"ab -q -k -c 64 -t {s} -n 100000000 {url}", text => Number(text, @"Complete requests:\s+(\d+)")),
        new("h2load", (url, s) => $"h2load --h1 -t1 -c64 -D {s} {url}", text => Number(text, @"requests: (\d+) total")),
        new("hey", (url, s) => $"hey -c 64 -z {s}s {url}", text => Number(text, @"\[200\]\s+(\d+) responses")),
        new("autocannon", (url, s) => $"autocannon -j -c 64 -d {s} {url}", text => Number(text, "\"2xx\":(\\d+)")),
    ];

    /// <summary>Whether the tool is installed.</summary>
    public bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Name)));

    public async Task<Reading> RunAsync(Uri url, int seconds)
    {
        var command = await Command.RunAsync(Line(url, seconds), Machine.Generator);
        return new() { ["count"] = Requests(command.Output), ["cpu"] = command.CpuSeconds, ["seconds"] = seconds };
    }

    private static double Number(string text, string pattern) =>
        Regex.Match(text, pattern) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"No '{pattern}' in: {text}");
}
