using Microsoft.Extensions.Logging;

namespace Orca.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(1800, LogLevel.Critical, "Orca itself failed")]
    public static partial void Broken(ILogger logger, Exception exception);

    [LoggerMessage(1801, LogLevel.Critical, "Drone {Drone} failed, and begins anew")]
    public static partial void DroneFailed(ILogger logger, string drone, Exception exception);

    [LoggerMessage(1802, LogLevel.Information, "Leader {Leader} watches over run {Run}, to take it over when its leader is lost")]
    public static partial void Waiting(ILogger logger, string leader, string run);

    [LoggerMessage(1803, LogLevel.Warning, "Tests run in this drone's own process, where a crash of theirs is its own: {Problem}")]
    public static partial void NotIsolated(ILogger logger, Problem problem);

    [LoggerMessage(1810, LogLevel.Warning, "Drone {Drone} ends without warning at run time {At}, as it was asked to")]
    public static partial void DroneKilled(ILogger logger, string drone, TimeSpan at);
}
