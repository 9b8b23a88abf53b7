namespace Orca.Results;

/// <summary>Reads what leaders before this one appended to the swarm's lists of intervals and events.</summary>
internal static class StoredSeries
{
    /// <summary>The run's intervals from number 0 on, up to the first that is lacking or cannot be read.</summary>
    /// <remarks>
    /// A leader with a higher fencing number goes on after the intervals that it had read itself, so from the first of its own on
    /// it replaces what was there. What comes after it from a leader with a lower one is ignored; so is a number that came already.
    /// Intervals are decoded one at a time: what was measured in all of them together may not fit into memory.
    /// </remarks>
    public static IEnumerable<StoredInterval> Intervals(IReadOnlyList<ReadOnlyMemory<byte>> series, ICollection<Problem> problems)
    {
        List<ReadOnlyMemory<byte>?> kept = [];
        var fencing = -1L;
        foreach (var element in series)
        {
            if (!IntervalCodec.DecodeHeader(element.Span).TryGet(out var header, out var found))
            {
                problems.Add(found[0]);
                continue;
            }

            if (header.Fencing < fencing || header.Number >= series.Count)
            {
                continue;
            }

            if (header.Fencing > fencing)
            {
                fencing = header.Fencing;
                kept.RemoveRange(Math.Min(header.Number, kept.Count), kept.Count - Math.Min(header.Number, kept.Count));
            }

            while (kept.Count <= header.Number)
            {
                kept.Add(null);
            }

            kept[header.Number] ??= element;
        }

        foreach (var element in kept)
        {
            if (element is not { } bytes)
            {
                yield break;
            }

            if (!IntervalCodec.Decode(bytes.Span).TryGet(out var stored, out var found))
            {
                problems.Add(found[0]);
                yield break;
            }

            yield return stored;
        }
    }

    /// <summary>The events, in their order, each once.</summary>
    public static IReadOnlyList<RunEvent> Events(IReadOnlyList<ReadOnlyMemory<byte>> events, ICollection<Problem> problems)
    {
        List<RunEvent> kept = [];
        HashSet<RunEvent> seen = [];
        var fencing = -1L;
        foreach (var element in events)
        {
            if (!EventCodec.Decode(element.Span).TryGet(out var stored, out var found))
            {
                problems.Add(found[0]);
            }
            else if (stored.Fencing >= fencing)
            {
                fencing = stored.Fencing;
                if (seen.Add(stored.Event))
                {
                    kept.Add(stored.Event);
                }
            }
        }

        return kept;
    }
}
