using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orca.TestKit.Servers;

/// <summary>A server that speaks Redis, in a process of its own on a free port of loopback; it can be frozen, killed and started again, empty.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ProcessStartInfo _start;
    private readonly TempFolder _folder;
    private Process? _process;

    private RedisServer(ProcessStartInfo start, TempFolder folder, int port) => (_start, _folder, Port) = (start, folder, port);

    public int Port { get; }

    public string Endpoint => $"127.0.0.1:{Port}";

    public int ProcessId => _process!.Id;

    /// <summary>Starts redis-server; the test skips where there is none.</summary>
    public static Task<RedisServer> StartAsync(params string[] arguments) =>
        StartAsync(Installed.RedisServer(), [], port => ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. arguments]);

    /// <summary>Starts Garnet from the tool manifest; the test skips where it is not restored.</summary>
    public static Task<RedisServer> StartGarnetAsync() =>
        StartAsync("dotnet", ["exec", Installed.Garnet()], port => ["--port", $"{port}", "--bind", "127.0.0.1", "--lua", "-m", "64m", "-i", "1m", "--page", "1m"]);

    /// <summary>Ends it as a crash does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it again, empty.</summary>
    public async Task RestartAsync()
    {
        _process = Process.Start(_start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var began = Stopwatch.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"{_start.FileName} {string.Join(' ', _start.ArgumentList)} does not answer.");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Stops it from doing anything, as a machine that hangs; its connections stay open.</summary>
    public void Freeze() => Signals.Send(ProcessId, Signals.Stop);

    public void Thaw() => Signals.Send(ProcessId, Signals.Continue);

    /// <summary>Sends one command over a connection of its own, and answers with the first line of the reply.</summary>
    public async Task<string> CommandAsync(params string[] words)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using var stream = client.GetStream();
        var request = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words)
        {
            request.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToString()));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited)
            {
                Thaw();
            }

            await KillAsync();
        }

        _folder.Dispose();
    }

    private static async Task<RedisServer> StartAsync(string program, string[] before, Func<int, string[]> arguments)
    {
        var (port, folder) = (Ports.Free(), new TempFolder());
        var server = new RedisServer(
            new ProcessStartInfo(program, [.. before, .. arguments(port)])
            {
                WorkingDirectory = folder.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DOTNET_gcServer"] = "0" },
            },
            folder,
            port);
        try
        {
            await server.RestartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await CommandAsync("PING") is "+PONG" or "-NOAUTH Authentication required.";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
