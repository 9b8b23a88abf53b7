using System.Diagnostics;
using System.Globalization;
using Orca.Results;
using StackExchange.Redis;

namespace Orca.SwarmBench;

/// <summary>Reads, between the first interval and the last, what leader and server cost, and how late each interval came.</summary>
internal sealed class CostSink : IRunSink, IAsyncDisposable
{
    private readonly IConnectionMultiplexer _redis;
    private readonly List<double> _late = [];
    private (long At, TimeSpan Cpu, Reading Redis) _first;
    private (long At, TimeSpan Cpu, Reading Redis) _last;
    private DateTimeOffset _start;
    private long _began;

    private CostSink(IConnectionMultiplexer redis) => _redis = redis;

    public string Name => "cost";

    public static async Task<CostSink> OpenAsync(string endpoint) => new(await ConnectionMultiplexer.ConnectAsync(endpoint));

    public double BeganAfter(long timestamp) => Stopwatch.GetElapsedTime(timestamp, _began).TotalSeconds;

    public ValueTask BeginAsync(RunStarted started, CancellationToken ct)
    {
        (_start, _began) = (started.StartTime, Stopwatch.GetTimestamp());
        return default;
    }

    public async ValueTask IntervalAsync(RunInterval interval, CancellationToken ct)
    {
        _late.Add((TimeProvider.System.GetUtcNow() - _start - interval.To).TotalSeconds);
        _last = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, await ReadAsync());
        if (_first.At == 0)
        {
            _first = _last;
        }
    }

    public string Row()
    {
        var seconds = Stopwatch.GetElapsedTime(_first.At, _last.At).TotalSeconds;
        _late.Sort();
        using var self = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_late.Count} | {(_last.Cpu - _first.Cpu).TotalSeconds / seconds:P0} | {(_last.Redis.Cpu - _first.Redis.Cpu) / seconds:P0} | {(_last.Redis.Read - _first.Redis.Read) / seconds / 1e6:0.00} | {(_last.Redis.Written - _first.Redis.Written) / seconds / 1e6:0.00} | {(_last.Redis.Commands - _first.Redis.Commands) / seconds:N0} | {self.PeakWorkingSet64 / 1e6:N0} MB | {_last.Redis.Memory / 1e6:N0} MB | {_late[_late.Count / 2]:0.00} / {_late[^1]:0.00} s");
    }

    public async ValueTask DisposeAsync() => await _redis.CloseAsync();

    private async Task<Reading> ReadAsync()
    {
        var info = ((string)(await _redis.GetDatabase(0).ExecuteAsync("INFO", "ALL"))!).Split("\r\n")
            .Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2).GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.First()[1]);
        double Of(string name) => double.Parse(info[name], CultureInfo.InvariantCulture);
        return new(Of("used_cpu_user") + Of("used_cpu_sys"), Of("total_net_input_bytes"), Of("total_net_output_bytes"), Of("total_commands_processed"), Of("used_memory"));
    }

    private readonly record struct Reading(double Cpu, double Read, double Written, double Commands, double Memory);
}
