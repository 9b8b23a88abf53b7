using Orca.Results;

namespace Orca.Tests.Results;

/// <summary>The swarm's lists of a run, as leaders append to them.</summary>
internal sealed class Stored
{
    public List<ReadOnlyMemory<byte>> Series { get; } = [];

    public List<ReadOnlyMemory<byte>> Events { get; } = [];

    public void Add(IEnumerable<RunInterval> closed, long fencing) =>
        Series.AddRange(closed.Select(interval => new ReadOnlyMemory<byte>(IntervalCodec.Encode(interval, fencing))));

    public void Add(IEnumerable<RunEvent> happened, long fencing) =>
        Events.AddRange(happened.Select(one => new ReadOnlyMemory<byte>(EventCodec.Encode(one, fencing))));
}
