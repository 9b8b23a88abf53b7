using Microsoft.Extensions.Logging;

namespace Orca.Runs.Workers;

internal static partial class WorkerLog
{
    [LoggerMessage(1120, LogLevel.Warning, "The test package leaks: {Problem}")]
    public static partial void Leaked(ILogger logger, Problem problem);

    [LoggerMessage(1121, LogLevel.Debug, "Run {Run} has process {Process} for its test, ready after {Ms:0} ms")]
    public static partial void ChildReady(ILogger logger, string run, int process, double ms);

    [LoggerMessage(1122, LogLevel.Information, "The test of run {Run} wrote: {Line}")]
    public static partial void TestWrote(ILogger logger, string run, string line);

    [LoggerMessage(1123, LogLevel.Warning, "The test of run {Run} has written {Lines} lines to its console; what follows is not shown")]
    public static partial void OutputDropped(ILogger logger, string run, int lines);

    [LoggerMessage(1124, LogLevel.Error, "The load engine of run {Run} failed")]
    public static partial void EngineFailed(ILogger logger, string run, Exception exception);

    [LoggerMessage(1125, LogLevel.Warning, "The test of run {Run} wrote {Lines} more lines to its console than were shown")]
    public static partial void OutputTotal(ILogger logger, string run, long lines);
}
