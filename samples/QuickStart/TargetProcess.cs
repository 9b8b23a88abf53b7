using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Orca.Samples.QuickStart;

/// <summary>The sample target in a process of its own, which ends with this one.</summary>
internal sealed partial class TargetProcess : IAsyncDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly Process _process;

    private TargetProcess(Process process, Uri http, string echo) => (_process, Http, Echo) = (process, http, echo);

    public Uri Http { get; }

    public string Echo { get; }

    public static async Task<TargetProcess> StartAsync()
    {
        var file = Path.Combine(Repository.Root, "samples", "Orca.Samples.Target", "bin", Configuration, "net10.0", "Orca.Samples.Target.dll");
        var process = Process.Start(new ProcessStartInfo
        {
            FileName = "dotnet",
            ArgumentList = { file, "--urls", "http://127.0.0.1:0", "--echo-port", "0" },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Ready().Match(line) is { Success: true } ready)
            {
                return new(process, new Uri(ready.Groups["http"].Value), ready.Groups["echo"].Value);
            }
        }

        throw new InvalidOperationException($"The target ({file}) ended before it was ready.");
    }

    public async Task<JsonElement> ReadLogAsync()
    {
        using var http = new HttpClient();
        using var json = await JsonDocument.ParseAsync(await http.GetStreamAsync(new Uri(Http, "/log")));
        return json.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"^ready http=(?<http>\S+) echo=(?<echo>\S+)$")]
    private static partial Regex Ready();
}
