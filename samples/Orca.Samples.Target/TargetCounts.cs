using System.Collections.Concurrent;

namespace Orca.Samples.Target;

/// <summary>One count, from a start of the target or a reset on.</summary>
internal sealed class TargetCounts(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly ConcurrentDictionary<string, EndpointCounts> _endpoints = new(StringComparer.Ordinal);
    private readonly SecondCounts _requests = new();
    private readonly SecondCounts _messages = new();
    private long _connections;

    /// <summary>Counts a request that has arrived.</summary>
    /// <returns>Where its status is counted.</returns>
    public EndpointCounts Arrived(string endpoint)
    {
        _requests.Add(clock.GetElapsedTime(_start));
        var counts = _endpoints.GetOrAdd(endpoint, static _ => new EndpointCounts());
        counts.Arrived();
        return counts;
    }

    public void EchoConnected() => Interlocked.Increment(ref _connections);

    public void EchoReceived() => _messages.Add(clock.GetElapsedTime(_start));

    public TargetReading Read() => new()
    {
        Requests = _requests.Total,
        Endpoints = new SortedDictionary<string, EndpointReading>(
            _endpoints.ToDictionary(endpoint => endpoint.Key, endpoint => endpoint.Value.Read()),
            StringComparer.Ordinal),
        EchoConnections = Interlocked.Read(ref _connections),
        EchoMessages = _messages.Total,
        RequestsPerSecond = _requests.Read(),
        EchoMessagesPerSecond = _messages.Read(),
    };
}
