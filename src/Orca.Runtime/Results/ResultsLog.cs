using Microsoft.Extensions.Logging;

namespace Orca.Results;

/// <summary>What the results room logs.</summary>
internal static partial class ResultsLog
{
    [LoggerMessage(1700, LogLevel.Warning, "Sink {Sink} failed and gets nothing more of this run: {Error}")]
    public static partial void SinkFailed(this ILogger logger, string sink, string error);

    [LoggerMessage(1701, LogLevel.Warning, "Sink {Sink} is too slow: {Limit} intervals wait for it, and further ones are left out until it catches up")]
    public static partial void SinkFellBehind(this ILogger logger, string sink, int limit);

    [LoggerMessage(1702, LogLevel.Warning, "Sink {Sink} was not done within {Timeout} and was given up")]
    public static partial void SinkGivenUp(this ILogger logger, string sink, TimeSpan timeout);
}
