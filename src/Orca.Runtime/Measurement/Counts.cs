using System.Runtime.InteropServices;

namespace Orca.Measurement;

/// <summary>Adding up and taking apart what is kept by name.</summary>
internal static class Counts
{
    public static TValue GetOrAdd<TKey, TValue>(this Dictionary<TKey, TValue> values, TKey key, Func<TValue> make)
        where TKey : notnull
    {
        ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(values, key, out var exists);
        return exists ? value! : value = make();
    }

    public static void Add(this Dictionary<string, ErrorCount> to, Dictionary<string, ErrorCount> from)
    {
        foreach (var (kind, error) in from)
        {
            to[kind] = to.TryGetValue(kind, out var sum) ? new(sum.Count + error.Count, sum.Sample ?? error.Sample) : error;
        }
    }

    public static Dictionary<string, ErrorCount> Since(this Dictionary<string, ErrorCount> later, Dictionary<string, ErrorCount> earlier) =>
        later.ToDictionary(
            e => e.Key,
            e => e.Value with { Count = Since(e.Value.Count, earlier.GetValueOrDefault(e.Key)?.Count ?? 0) },
            StringComparer.Ordinal);

    /// <summary>The sum of two times, or the longest there is.</summary>
    public static TimeSpan Sum(TimeSpan one, TimeSpan other) => one > TimeSpan.MaxValue - other ? TimeSpan.MaxValue : one + other;

    /// <summary>What a figure that only grows grew by.</summary>
    public static long Since(long later, long earlier) => Math.Max(0, later - earlier);

    public static TimeSpan Since(TimeSpan later, TimeSpan earlier) => later > earlier ? later - earlier : TimeSpan.Zero;
}
