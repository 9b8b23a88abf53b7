using Microsoft.Extensions.Logging;

namespace Orca.Swarm.Sealing;

internal static partial class SealingLog
{
    [LoggerMessage(1250, LogLevel.Warning, "Refused what this swarm's key has not sealed, {Count} times so far; now {What}. Leader and drones need the same swarm key")]
    public static partial void Refused(ILogger logger, long count, SealedPlace what);
}
