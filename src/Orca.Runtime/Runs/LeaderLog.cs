using Microsoft.Extensions.Logging;
using Orca.Swarm.Documents;

namespace Orca.Runs;

internal static partial class LeaderLog
{
    [LoggerMessage(1000, LogLevel.Information, "Run {Run} is {Phase}")]
    public static partial void Phase(ILogger logger, string run, RunPhase phase);

    [LoggerMessage(1001, LogLevel.Information, "Run {Run}: drone {Drone} joined ({Joined} of {Quorum})")]
    public static partial void Joined(ILogger logger, string run, string drone, int joined, int quorum);

    [LoggerMessage(1002, LogLevel.Warning, "Run {Run}: drone {Drone} declined: {Reason}")]
    public static partial void Declined(ILogger logger, string run, string drone, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "Run {Run}: drone {Drone} is left out: {Reason}")]
    public static partial void Dropped(ILogger logger, string run, string drone, string reason);

    [LoggerMessage(1004, LogLevel.Warning, "Run {Run}: drone {Drone} is lost, unseen for {Seconds:0.0} s")]
    public static partial void Lost(ILogger logger, string run, string drone, double seconds);

    [LoggerMessage(1005, LogLevel.Warning, "Run {Run}: the record of member {Member} is refused: {Problem}")]
    public static partial void MemberRefused(ILogger logger, string run, string member, Problem problem);

    [LoggerMessage(1006, LogLevel.Warning, "Run {Run}: a snapshot of member {Member} is refused: {Problem}")]
    public static partial void SnapshotRefused(ILogger logger, string run, string member, Problem problem);

    [LoggerMessage(1007, LogLevel.Warning, "Run {Run}: the medium did not answer: {Problem}")]
    public static partial void MediumAway(ILogger logger, string run, Problem problem);

    [LoggerMessage(1008, LogLevel.Warning, "Run {Run} drains early: {Reason}")]
    public static partial void CutShort(ILogger logger, string run, string reason);

    [LoggerMessage(1015, LogLevel.Information, "Run {Run}: all iterations are done after {Seconds:0.0} s")]
    public static partial void Done(ILogger logger, string run, double seconds);

    [LoggerMessage(1009, LogLevel.Information, "Run {Run} ended: {Verdict}")]
    public static partial void Ended(ILogger logger, string run, Results.Verdict verdict);

    [LoggerMessage(1010, LogLevel.Warning, "Run {Run}: {Warning}")]
    public static partial void Warned(ILogger logger, string run, string warning);

    [LoggerMessage(1011, LogLevel.Warning, "Run {Run}: the medium has forgotten what it held; everything is put back")]
    public static partial void MediumForgot(ILogger logger, string run);

    [LoggerMessage(1012, LogLevel.Warning, "Run {Run}: leader {Leader} takes over, fencing {Fencing}, phase {Phase}")]
    public static partial void TookOver(ILogger logger, string run, string leader, long fencing, RunPhase phase);

    [LoggerMessage(1013, LogLevel.Warning, "Run {Run}: drone {Drone} did not end well: {Reason}")]
    public static partial void EndedBadly(ILogger logger, string run, string drone, string reason);

    [LoggerMessage(1014, LogLevel.Warning, "Run {Run}: what the leader before had stored is incomplete: {Problem}")]
    public static partial void NotRestored(ILogger logger, string run, Problem problem);

    [LoggerMessage(1016, LogLevel.Information, "Run {Run}: the lost slots go to the {Drones} left from run time {Seconds:0.0} s on (epoch {Epoch})")]
    public static partial void Dealt(ILogger logger, string run, int drones, double seconds, int epoch);

    [LoggerMessage(1019, LogLevel.Warning, "Run {Run}: drone {Drone} leaves: it was asked to stop")]
    public static partial void Left(ILogger logger, string run, string drone);

    [LoggerMessage(1020, LogLevel.Warning, "Run {Run}: the members could not be told that the run is {Phase}: the medium stays away. They free themselves")]
    public static partial void EndUntold(ILogger logger, string run, RunPhase phase);
}
