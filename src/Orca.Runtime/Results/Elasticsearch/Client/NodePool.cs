namespace Orca.Results.Elasticsearch.Client;

/// <summary>The nodes of a cluster: the one in use as long as it answers, then the next. Safe for use from several threads.</summary>
internal sealed class NodePool(IReadOnlyList<Uri> nodes, TimeProvider clock)
{
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly long?[] _failedAt = new long?[nodes.Count];
    private int _current;

    public int Count => nodes.Count;

    /// <summary>The node to ask: the current one, or where it has failed lately the first that has not, else the one whose failure is longest ago.</summary>
    public (int Number, Uri Address) Take()
    {
        lock (_lock)
        {
            for (var i = 0; i < nodes.Count; i++)
            {
                var number = (_current + i) % nodes.Count;
                if (_failedAt[number] is not { } at || clock.GetElapsedTime(at) >= RestAfterFailure)
                {
                    _current = number;
                    return (number, nodes[number]);
                }
            }

            _current = Enumerable.Range(0, nodes.Count).MinBy(number => _failedAt[number]!.Value);
            return (_current, nodes[_current]);
        }
    }

    public void Failed(int number)
    {
        lock (_lock)
        {
            _failedAt[number] = clock.GetTimestamp();
            if (_current == number)
            {
                _current = (number + 1) % nodes.Count;
            }
        }
    }

    public void Answered(int number)
    {
        lock (_lock)
        {
            _failedAt[number] = null;
        }
    }
}
