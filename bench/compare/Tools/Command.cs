using System.Diagnostics;
using System.Globalization;

namespace Orca.Compare.Tools;

/// <summary>Runs one process on the generator's processor, and tells what it wrote and what it took.</summary>
internal sealed record Command(string Output, double CpuSeconds, double Seconds)
{
    public static async Task<Command> RunAsync(string line, string processor, IReadOnlyDictionary<string, string>? environment = null)
    {
        // The shell's own time tells the processor time of what it ran, after it has ended.
        var info = new ProcessStartInfo("bash", ["-c", $"TIMEFORMAT='times %U %S %R'; time taskset -c {processor} {line}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var text = await errors;
        var times = text.Split('\n').LastOrDefault(l => l.StartsWith("times ", StringComparison.Ordinal))?.Split(' ');
        if (process.ExitCode != 0 || times is null)
        {
            throw new InvalidOperationException($"'{line}' ended with {process.ExitCode}: {text}{output}");
        }

        return new(output + text, Parse(times[1]) + Parse(times[2]), Parse(times[3]));
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
