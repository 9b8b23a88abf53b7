using Microsoft.Extensions.Logging;
using Orca.Packages;

namespace Orca.Runs;

internal static partial class DroneLog
{
    [LoggerMessage(1100, LogLevel.Information, "Drone {Drone} is idle in swarm {Swarm}")]
    public static partial void Idle(ILogger logger, string drone, string swarm);

    [LoggerMessage(1101, LogLevel.Information, "Drone {Drone} prepares for run {Run}: {Package}")]
    public static partial void Considering(ILogger logger, string drone, string run, PackageVersion package);

    [LoggerMessage(1102, LogLevel.Warning, "Drone {Drone} declined run {Run}: {Reason}")]
    public static partial void Declined(ILogger logger, string drone, string run, Problem reason);

    [LoggerMessage(1103, LogLevel.Information, "Drone {Drone} joined run {Run} as {Incarnation}")]
    public static partial void Joined(ILogger logger, string drone, string incarnation, string run);

    [LoggerMessage(1104, LogLevel.Information, "Drone {Drone} takes no part in run {Run}: {Reason}")]
    public static partial void NotNeeded(ILogger logger, string drone, string run, string reason);

    [LoggerMessage(1105, LogLevel.Error, "Drone {Drone} failed in run {Run}: {Problem}")]
    public static partial void Failed(ILogger logger, string drone, string run, Problem problem);

    [LoggerMessage(1106, LogLevel.Information, "Drone {Drone} is armed for run {Run}, its clock known within {ErrorMs:0.###} ms")]
    public static partial void Armed(ILogger logger, string drone, string run, double errorMs);

    [LoggerMessage(1107, LogLevel.Information, "Drone {Drone} starts its share of run {Run}: {Slots} of {Total} slots")]
    public static partial void Started(ILogger logger, string drone, string run, int slots, int total);

    [LoggerMessage(1108, LogLevel.Error, "Drone {Drone} ended run {Run} with a problem: {Problem}")]
    public static partial void TearDownFailed(ILogger logger, string drone, string run, Problem problem);

    [LoggerMessage(1109, LogLevel.Information, "Drone {Drone} has finished run {Run}")]
    public static partial void Finished(ILogger logger, string drone, string run);

    [LoggerMessage(1110, LogLevel.Warning, "Drone {Drone} refused the document of run {Run}: {Problem}")]
    public static partial void DocumentRefused(ILogger logger, string drone, string run, Problem problem);

    [LoggerMessage(1111, LogLevel.Information, "Drone {Drone} stopped")]
    public static partial void Stopped(ILogger logger, string drone);

    [LoggerMessage(1112, LogLevel.Warning, "Drone {Drone}: the medium has forgotten run {Run}; what this drone holds is put back")]
    public static partial void MediumForgot(ILogger logger, string drone, string run);

    [LoggerMessage(1113, LogLevel.Warning, "Drone {Drone} keeps its measurements of run {Run}: no leader has acknowledged them")]
    public static partial void Unacknowledged(ILogger logger, string drone, string run);

    [LoggerMessage(1119, LogLevel.Information, "Drone {Drone} was asked to stop, and leaves run {Run}: its slots go to the others")]
    public static partial void Leaving(ILogger logger, string drone, string run);
}
