using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Orca.TestKit;

/// <summary>A headless Chromium with one page, driven over its debugging protocol. One call at a time.</summary>
public sealed partial class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _events = [];
    private string? _session;
    private int _calls;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Gets what the page logged as an error or warning, what it threw, and what its security policy refused.</summary>
    public IReadOnlyList<string> Complaints =>
    [
        .. _events.Where(happened => MethodOf(happened) == "Runtime.exceptionThrown").Select(happened => happened["params"]!.ToJsonString()),
        .. _events.Where(happened => MethodOf(happened) == "Log.entryAdded").Select(happened => happened["params"]!["entry"]!["text"]!.GetValue<string>()),
        .. _events.Where(happened => MethodOf(happened) == "Runtime.consoleAPICalled" && happened["params"]!["type"]!.GetValue<string>() is "error" or "warning" or "assert")
            .Select(happened => happened["params"]!["args"]!.ToJsonString()),
    ];

    /// <summary>Gets the addresses that the page asked for.</summary>
    public IReadOnlyList<string> Requests =>
        [.. _events.Where(happened => MethodOf(happened) == "Network.requestWillBeSent").Select(happened => happened["params"]!["request"]!["url"]!.GetValue<string>())];

    /// <summary>Starts a browser; skips the test where none is installed, and fails it in CI.</summary>
    public static async Task<Chromium> StartAsync(int width = 1400, int height = 1000)
    {
        var path = Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (path is null)
        {
            Continuous.SkipOrFail("There is no Chromium on the path; 'apt-get install chromium' brings one.");
        }

        var profile = Directory.CreateTempSubdirectory("orca-chromium-").FullName;
        var process = Process.Start(new ProcessStartInfo
        {
            FileName = path!,
            ArgumentList = { "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--remote-debugging-port=0", $"--user-data-dir={profile}", $"--window-size={width},{height}", "about:blank" },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var browser = new Chromium(process, profile);
        try
        {
            await browser.ConnectAsync(width, height);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file and waits until an expression holds.</summary>
    public async Task OpenAsync(string file, string until)
    {
        _events.Clear();
        await CallAsync("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri });
        await UntilAsync(until);
    }

    /// <summary>Waits until an expression holds in the page.</summary>
    public async Task UntilAsync(string expression)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await EvaluateAsync<bool>($"Boolean({expression})"))
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
            {
                Assert.Fail($"The page never came to hold: {expression}. It complained: {string.Join("; ", Complaints)}");
            }

            // The page's own next frame is the signal: there is nothing else to wait for.
            await EvaluateAsync<bool>("new Promise(done => requestAnimationFrame(() => done(true)))");
        }
    }

    /// <summary>Evaluates an expression in the page; a promise is awaited.</summary>
    public async Task<T> EvaluateAsync<T>(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.True(answer["exceptionDetails"] is null, answer["exceptionDetails"]?.ToJsonString());
        return answer["result"]!["value"] is { } value ? value.Deserialize<T>()! : default!;
    }

    /// <summary>Drags the mouse over an element from one share of its width to another.</summary>
    public async Task DragAcrossAsync(string selector, double from, double to)
    {
        var box = await EvaluateAsync<double[]>($"(() => {{ const e = document.querySelector({JsonSerializer.Serialize(selector)}); e.scrollIntoView({{ block: 'center', behavior: 'instant' }}); const b = e.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; }})()");
        var (y, start, end) = (box[1] + (box[3] / 2), box[0] + (box[2] * from), box[0] + (box[2] * to));
        await MouseAsync("mouseMoved", start, y, 0);
        await MouseAsync("mousePressed", start, y, 1);
        for (var step = 1; step <= 5; step++)
        {
            await MouseAsync("mouseMoved", start + ((end - start) * step / 5), y, 1);
        }

        await MouseAsync("mouseReleased", end, y, 0);
    }

    /// <summary>Presses a key where the focus is.</summary>
    public async Task PressAsync(string key)
    {
        await CallAsync("Input.dispatchKeyEvent", new() { ["type"] = "keyDown", ["key"] = key });
        await CallAsync("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key });
    }

    /// <summary>Has the page believe in a medium (<c>print</c>, or none) and a colour scheme.</summary>
    public Task EmulateAsync(string medium, string scheme) => CallAsync("Emulation.setEmulatedMedia", new()
    {
        ["media"] = medium,
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // Its helper processes may hold a file a little longer; the folder is a temporary one.
        }
    }

    private static string? MethodOf(JsonNode happened) => happened["method"]?.GetValue<string>();

    private async Task ConnectAsync(int width, int height)
    {
        using var limit = new CancellationTokenSource(Patience);
        Uri? address = null;
        while (address is null && await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            address = Listening().Match(line) is { Success: true } match ? new(match.Value) : null;
        }

        Assert.True(address is not null, "Chromium ended before it listened.");
        await _socket.ConnectAsync(address, limit.Token);
        var target = await CallAsync("Target.createTarget", new() { ["url"] = "about:blank" });
        var attached = await CallAsync("Target.attachToTarget", new() { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true });
        _session = attached["sessionId"]!.GetValue<string>();
        foreach (var domain in (string[])["Page", "Runtime", "Log", "Network"])
        {
            await CallAsync($"{domain}.enable", []);
        }

        await CallAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
    }

    private Task MouseAsync(string type, double x, double y, int buttons) => CallAsync(
        "Input.dispatchMouseEvent",
        new() { ["type"] = type, ["x"] = x, ["y"] = y, ["button"] = "left", ["buttons"] = buttons, ["clickCount"] = type == "mouseMoved" ? 0 : 1 });

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        using var limit = new CancellationTokenSource(Patience);
        var id = ++_calls;
        var call = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
        {
            call["sessionId"] = _session;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        while (true)
        {
            var message = await ReceiveAsync(limit.Token);
            if (message["id"]?.GetValue<int>() == id)
            {
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message["error"]}");
            }

            _events.Add(message);
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken ct)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer, ct);
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return JsonNode.Parse(message.ToArray())!;
            }
        }
    }

    [GeneratedRegex(@"ws://\S+")]
    private static partial Regex Listening();
}
