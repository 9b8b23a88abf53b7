namespace Orca.Execution;

/// <summary>A user's random numbers, seeded anew for each iteration: one stream for its test, another for how long it thinks.</summary>
internal sealed class UserRandom(UserLoop user)
{
    private const ulong OfThinking = 0x7468696E6B;

    private SeededRandom? _ofTest;
    private long _seededFor = long.MinValue;
    private ulong _draws;
    private long _drawsOf = long.MinValue;

    public Random OfTest
    {
        get
        {
            if (_ofTest is null)
            {
                _ofTest = new SeededRandom(user.SeedOfIteration);
            }
            else if (_seededFor != user.IterationNumber)
            {
                _ofTest.Reseed(user.SeedOfIteration);
            }

            _seededFor = user.IterationNumber;
            return _ofTest;
        }
    }

    /// <summary>From 0 up to 1. A user that only thinks needs no generator for it.</summary>
    public double NextOfThinking()
    {
        if (_drawsOf != user.IterationNumber)
        {
            (_draws, _drawsOf) = (SeededRandom.Mix(user.SeedOfIteration, OfThinking), user.IterationNumber);
        }

        return (SeededRandom.SplitMix(ref _draws) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The next iteration is seeded anew, though it may have the number of this one.</summary>
    public void IterationEnded() => (_seededFor, _drawsOf) = (long.MinValue, long.MinValue);
}
