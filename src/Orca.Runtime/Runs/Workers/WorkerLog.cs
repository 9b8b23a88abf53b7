using Microsoft.Extensions.Logging;

namespace Orca.Runs.Workers;

internal static partial class WorkerLog
{
    [LoggerMessage(1120, LogLevel.Warning, "The test package leaks: {Problem}")]
    public static partial void Leaked(ILogger logger, Problem problem);
}
