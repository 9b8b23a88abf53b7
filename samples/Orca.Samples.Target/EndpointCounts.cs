namespace Orca.Samples.Target;

/// <summary>What one endpoint was sent, and what it answered.</summary>
internal sealed class EndpointCounts
{
    private const int Statuses = 600;

    private readonly long[] _answered = new long[Statuses];
    private long _arrived;

    public void Arrived() => Interlocked.Increment(ref _arrived);

    public void Answered(int status) => Interlocked.Increment(ref _answered[Math.Clamp(status, 0, Statuses - 1)]);

    public EndpointReading Read()
    {
        var statuses = new SortedDictionary<int, long>();
        for (var status = 0; status < Statuses; status++)
        {
            if (Interlocked.Read(ref _answered[status]) is > 0 and var count)
            {
                statuses.Add(status, count);
            }
        }

        return new EndpointReading(Interlocked.Read(ref _arrived), statuses);
    }
}
