using Microsoft.Extensions.Logging;

namespace Orca.Swarm.Sealing;

/// <summary>Tells of what was refused, once a minute at most. Safe for use from any thread.</summary>
internal sealed class RefusalLog(TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private long? _told;
    private long _count;

    public void Refuse(SealedPlace what)
    {
        lock (_lock)
        {
            _count++;
            var now = clock.GetTimestamp();
            if (_told is { } told && clock.GetElapsedTime(told, now) < Period)
            {
                return;
            }

            _told = now;
            SealingLog.Refused(logger, _count, what);
        }
    }
}
