using Microsoft.Extensions.Logging;

namespace Orca.Execution;

/// <summary>Log events of the engine, 1500 to 1599.</summary>
internal static partial class ExecutionLog
{
    [LoggerMessage(1500, LogLevel.Debug, "Load begins in {Delay} with {Slots} of {Total} slots")]
    public static partial void LoadBegins(ILogger logger, TimeSpan delay, int slots, int total);

    [LoggerMessage(1501, LogLevel.Debug, "Share of epoch {Epoch} holds from {From} with {Slots} of {Total} slots")]
    public static partial void ShareApplied(ILogger logger, int epoch, TimeSpan from, int slots, int total);

    [LoggerMessage(1502, LogLevel.Warning, "{Count} arrivals of scenario {Scenario} came to this drone after their time and were missed")]
    public static partial void ArrivalsCameLate(ILogger logger, long count, string scenario);

    [LoggerMessage(1503, LogLevel.Debug, "Load drains at {RunTime}; {Busy} users are still at work")]
    public static partial void LoadDrains(ILogger logger, TimeSpan runTime, long busy);

    [LoggerMessage(1504, LogLevel.Warning, "The grace has passed at {RunTime}: {Busy} users are cut short")]
    public static partial void IterationsCutShort(ILogger logger, TimeSpan runTime, long busy);

    [LoggerMessage(1505, LogLevel.Warning, "{Count} iterations did not end when they were cancelled and are abandoned")]
    public static partial void IterationsAbandoned(ILogger logger, int count);

    [LoggerMessage(1506, LogLevel.Warning, "{Hook} of scenario {Scenario} failed")]
    public static partial void HookFailed(ILogger logger, Exception exception, string hook, string scenario);

    [LoggerMessage(1507, LogLevel.Error, "The dispatcher failed; the load ends")]
    public static partial void DispatcherFailed(ILogger logger, Exception exception);

    [LoggerMessage(1508, LogLevel.Debug, "The rehearsal failed; the first second of a load may be slower")]
    public static partial void RehearsalFailed(ILogger logger, Exception exception);

    [LoggerMessage(1509, LogLevel.Warning, "A test has blocked a thread on which answers come in for {Milliseconds} ms: under the performance profile it may await, but never block. From here on it runs on the thread pool")]
    public static partial void IoThreadBlocked(ILogger logger, double milliseconds);
}
