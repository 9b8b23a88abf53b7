using System.Collections.Concurrent;

namespace Orca.Measurement;

/// <summary>The first message of each error kind of a scenario's iterations and of each of its steps; bounded in number and length.</summary>
internal sealed class ErrorSamples
{
    public const int Most = 1_000;

    public const int MostCharacters = 1_000;

    /// <summary>In the place of a step's number: the iterations themselves.</summary>
    public const int OfIterations = -1;

    private readonly ConcurrentDictionary<long, string> _samples = new();
    private int _taken;

    public void Offer(MeasuredPart part, int step, int kind, string message)
    {
        var key = Key(part, step, kind);
        if (Volatile.Read(ref _taken) < Most && !_samples.ContainsKey(key))
        {
            var sample = NameTable.WellFormed(message.Length <= MostCharacters ? message : message[..MostCharacters]);
            if (_samples.TryAdd(key, sample))
            {
                Interlocked.Increment(ref _taken);
            }
        }
    }

    public string? Of(MeasuredPart part, int step, int kind) => _samples.GetValueOrDefault(Key(part, step, kind));

    private static long Key(MeasuredPart part, int step, int kind) => ((long)part << 48) | ((long)(step + 1) << 24) | (uint)kind;
}
