using System.Diagnostics;
using System.Globalization;
using Orca.TestKit;
using Orca.TestKit.Servers;

namespace Orca.Tests.Swarm;

/// <summary>The custom host of the samples in a process of its own: a leader, or a drone.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly string[] WithHosts = ["--mount", "--map-root-user", "sh", "-c", "mount --bind \"$0\" /etc/hosts && exec dotnet \"$@\""];

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Text, TaskCompletionSource<string> Seen)> _awaited = [];

    /// <summary>Starts it; with a file of its own in the place of <c>/etc/hosts</c> where one is named.</summary>
    public HostProcess(string name, IReadOnlyDictionary<string, string> settings, string? hosts = null)
    {
        Name = name;
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string[] command = ["exec", Repository.PathOf("samples", "CustomHost", "bin", configuration, "net10.0", "CustomHost.dll")];
        var start = new ProcessStartInfo(hosts is null ? "dotnet" : "unshare", hosts is null ? command : [.. WithHosts, hosts, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["DOTNET_gcServer"] = "0", ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether this machine lets a process have a file of its own for <c>/etc/hosts</c>.</summary>
    public static bool CanHaveHosts()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--map-root-user", "mount", "--bind", "/etc/hosts", "/etc/hosts"]) { RedirectStandardError = true })!;
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public string Name { get; }

    public string Output
    {
        get
        {
            lock (_lock)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Ends with the first line that holds a text, whenever it was written.</summary>
    public Task<string> SeenAsync(string text, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } line)
            {
                return Task.FromResult(line);
            }

            var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, seen));
            return WaitAsync();

            async Task<string> WaitAsync()
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
                patience.CancelAfter(TimeSpan.FromMinutes(2));
                try
                {
                    return await seen.Task.WaitAsync(patience.Token);
                }
                catch (OperationCanceledException) when (!ct.IsCancellationRequested)
                {
                    throw new TimeoutException($"{Name} has not written '{text}':\n{Output}");
                }
            }
        }
    }

    public void Freeze() => Signals.Send(_process.Id, Signals.Stop);

    public void Thaw() => Signals.Send(_process.Id, Signals.Continue);

    public void Terminate() => Signals.Send(_process.Id, Signals.Terminate);

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends, as a crash does, the process of its own that a drone's test runs in.</summary>
    public async Task KillChildAsync()
    {
        using var child = Process.GetProcessById(Assert.Single(Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(IsChild).Select(int.Parse!)));
        child.Kill();
        await child.WaitForExitAsync();
    }

    /// <summary>The exit code, once it has ended by itself.</summary>
    public async Task<int> ExitAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name} has not ended:\n{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    // The fourth field of its state is its parent; the second one, in brackets, may hold anything.
    private bool IsChild(string? process)
    {
        try
        {
            return int.TryParse(process, out _)
                && File.ReadAllText($"/proc/{process}/stat") is var stat
                && stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] == _process.Id.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _lines.Add(line);
            foreach (var (text, seen) in _awaited)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult(line);
                }
            }
        }
    }
}
