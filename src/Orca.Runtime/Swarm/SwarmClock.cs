namespace Orca.Swarm;

/// <summary>A member's idea of the shared clock: how far it lies from the member's own, and how sure that is.</summary>
/// <param name="Timestamp">A timestamp of the member's own clock.</param>
/// <param name="Shared">The shared clock's time at that instant.</param>
/// <param name="Error">Half the round trip that it was read with: the most it can be off.</param>
internal sealed record SwarmClock(long Timestamp, DateTimeOffset Shared, TimeSpan Error)
{
    private const int Samples = 8;

    /// <summary>Reads the shared clock several times and keeps the reading with the shortest round trip.</summary>
    public static async ValueTask<MediumReply<SwarmClock>> ReadAsync(ISwarmMedium medium, TimeProvider clock, CancellationToken ct)
    {
        SwarmClock? best = null;
        Problem? failure = null;
        for (var i = 0; i < Samples; i++)
        {
            var before = clock.GetTimestamp();
            var reply = await medium.ReadClockAsync(ct);
            var after = clock.GetTimestamp();
            if (!reply.Answered(out var shared))
            {
                failure = reply.Failure;
                continue;
            }

            var error = clock.GetElapsedTime(before, after) / 2;
            if (best is null || error < best.Error)
            {
                best = new(before + ((after - before) / 2), shared, error);
            }
        }

        return best is null ? new(failure!) : new(best);
    }

    /// <summary>The member's own timestamp of an instant on the shared clock.</summary>
    public long TimestampOf(DateTimeOffset shared, TimeProvider clock) =>
        Timestamp + (long)((shared - Shared).TotalSeconds * clock.TimestampFrequency);

    public DateTimeOffset At(long timestamp, TimeProvider clock) =>
        Shared + clock.GetElapsedTime(Timestamp, timestamp);
}
