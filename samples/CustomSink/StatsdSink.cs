using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Orca.Results;

namespace Orca.Samples.CustomSink;

/// <summary>A sink of one's own: sends each interval's figures to a StatsD server, one UDP packet for each scenario.</summary>
/// <remarks>Calls come one at a time and off the run's own path, so there is nothing to lock; what throws is reported at the end of the run and never fails it.</remarks>
internal sealed class StatsdSink(IOptions<StatsdOptions> options) : IRunSink, IDisposable
{
    private readonly StatsdOptions _options = options.Value;
    private readonly UdpClient _client = new();
    private int _next;

    public string Name => "statsd";

    // Asked before the run starts: a problem here keeps it from starting, with exit code 2.
    public ValueTask<Orca.Problem?> CheckAsync(CancellationToken ct) => new(
        _options.Port is > 0 and <= 65535 ? null : new Orca.Problem($"'{_options.Port}' is no port to send StatsD packets to.") { Advice = "Set Statsd:Port to 1 to 65535." });

    public async ValueTask IntervalAsync(RunInterval interval, CancellationToken ct)
    {
        // A correction holds what came after its intervals had closed; a live chart has no place for it.
        if (interval.Correction)
        {
            return;
        }

        _next = interval.Number + 1;
        foreach (var figures in interval.Scenarios.Append(interval.Total))
        {
            await SendAsync(figures, ct);
        }
    }

    public async ValueTask EndAsync(RunReport report, CancellationToken ct)
    {
        // The last intervals close with the run.
        foreach (var interval in report.Intervals.Where(interval => interval.Number >= _next))
        {
            await IntervalAsync(interval, ct);
        }

        await SendAsync($"{_options.Prefix}.verdict:{(int)report.Verdict}|g", ct);
    }

    public void Dispose() => _client.Dispose();

    private ValueTask SendAsync(IntervalFigures figures, CancellationToken ct)
    {
        var name = $"{_options.Prefix}.{figures.Name}";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{name}.ok:{figures.Ok}|c\n{name}.failed:{figures.Failed}|c\n{name}.dropped:{figures.Dropped}|c\n{name}.users:{figures.Users}|g");
        if (figures.Response is { } response)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{name}.p50:{response.P50}|g\n{name}.p95:{response.P95}|g\n{name}.p99:{response.P99}|g");
        }

        return SendAsync(text.ToString(), ct);
    }

    private async ValueTask SendAsync(string text, CancellationToken ct) =>
        await _client.SendAsync(Encoding.UTF8.GetBytes(text), _options.Host, _options.Port, ct);
}
