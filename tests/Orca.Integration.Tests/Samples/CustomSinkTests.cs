using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Orca.TestKit;

namespace Orca.Tests.Samples;

/// <summary>The sample of a sink of one's own, started as a user starts it, with a server that takes what it sends.</summary>
public sealed class CustomSinkTests : IDisposable
{
    private const string Plan = """
        {
          "interval": "200ms", "limits": { "lateness": "10s", "notStarted": 1, "delivered": 0 },
          "scenarios": { "sample": { "load": [ { "iterations": 40, "users": 2, "for": "2s" } ] } }
        }
        """;

    private readonly Workshop _shop = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Sink_OfARun_SendsEveryIntervalAndTheVerdict()
    {
        using var statsd = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var packets = new List<string>();
        var receiving = ReceiveAsync(statsd, packets, over.Token);

        var (exitCode, output) = await StartAsync($"--Statsd:Port={((IPEndPoint)statsd.Client.LocalEndPoint!).Port}");
        await over.CancelAsync();
        await receiving;

        Assert.True(exitCode == ExitCode.Passed, output);
        var report = JsonElement.Parse(await File.ReadAllTextAsync(Directory.GetFiles(_shop.Folder, "report.json", SearchOption.AllDirectories).Single(), Ct));
        var lines = packets.SelectMany(packet => packet.Split('\n')).ToList();
        var intervals = report.GetProperty("intervals").EnumerateArray().Where(interval => !interval.TryGetProperty("correction", out var correction) || !correction.GetBoolean()).ToList();
        Assert.NotEmpty(intervals);
        Assert.Equal(intervals.Count, lines.Count(line => line.StartsWith("orca.sample.ok:", StringComparison.Ordinal)));
        Assert.Equal(intervals.Sum(interval => interval.GetProperty("total").GetProperty("ok").GetInt64()), lines.Where(line => line.StartsWith("orca.sample.ok:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(':', '|')[1], CultureInfo.InvariantCulture)));
        Assert.Contains(lines, line => line.StartsWith("orca.sample.p99:", StringComparison.Ordinal));
        Assert.Equal("orca.verdict:0|g", lines[^1]);
    }

    [Fact]
    public async Task Sink_WithAPortThatIsNone_KeepsTheRunFromStarting()
    {
        var (exitCode, output) = await StartAsync("--Statsd:Port=70000");

        Assert.Equal(ExitCode.BadInput, exitCode);
        Assert.Contains("'70000' is no port to send StatsD packets to. Set Statsd:Port to 1 to 65535.", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_shop.Folder, "report.json", SearchOption.AllDirectories));
    }

    private async Task<(int ExitCode, string Output)> StartAsync(params string[] arguments)
    {
        _shop.Add(TestPackage.WithTest("Acme.Sample", body: "public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) => await Task.Delay(20, ct);").File("orca.json", Plan));
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        using var host = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                Repository.PathOf("samples", "CustomSink", "bin", configuration, "net10.0", "CustomSink.dll"), "--Orca:Package=Acme.Sample", $"--Orca:Feeds:0={_shop.Feed}",
                $"--Orca:NuGetConfigRoot={_shop.Folder}", $"--Orca:Cache={_shop.Cache}", $"--Orca:Out={Path.Combine(_shop.Folder, "reports")}", .. arguments,
            ])
        {
            WorkingDirectory = _shop.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (host.StandardOutput.ReadToEndAsync(Ct), host.StandardError.ReadToEndAsync(Ct));
        await host.WaitForExitAsync(Ct);
        return (host.ExitCode, await output + await error);
    }

    private static async Task ReceiveAsync(UdpClient statsd, List<string> packets, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                packets.Add(Encoding.UTF8.GetString((await statsd.ReceiveAsync(ct)).Buffer));
            }
        }
        catch (OperationCanceledException)
        {
            // What the kernel still holds came before the sender ended.
            while (statsd.Available > 0)
            {
                IPEndPoint? from = null;
                packets.Add(Encoding.UTF8.GetString(statsd.Receive(ref from)));
            }
        }
    }
}
