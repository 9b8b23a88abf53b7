using Microsoft.Extensions.Logging;

namespace Orca.Results.Elasticsearch;

/// <summary>What storing in Elasticsearch logs.</summary>
internal static partial class ElasticsearchLog
{
    [LoggerMessage(1710, LogLevel.Warning, "Elasticsearch at {Address} cannot be used ({Failure}); the run goes on, and its documents wait in {Folder}")]
    public static partial void StoreAway(this ILogger logger, string address, string failure, string folder);

    [LoggerMessage(1711, LogLevel.Information, "Elasticsearch at {Address} answers again")]
    public static partial void StoreBack(this ILogger logger, string address);

    [LoggerMessage(1712, LogLevel.Error, "Elasticsearch at {Address} refuses what it is sent ({Reason}); the run goes on, nothing more is sent, and its documents wait in {Folder}")]
    public static partial void StoreRefuses(this ILogger logger, string address, string reason, string folder);

    [LoggerMessage(1713, LogLevel.Warning, "Elasticsearch will never take document {Id} of {Index} (status {Status}, {Reason}); it and others like it are in {Path}")]
    public static partial void DocumentRefused(this ILogger logger, string id, string index, int status, string reason, string path);

    [LoggerMessage(1714, LogLevel.Warning, "The spool in {Folder} cannot be written ({Failure}); the run goes on, and documents for Elasticsearch wait in memory")]
    public static partial void SpoolUnwritable(this ILogger logger, string folder, string failure);

    [LoggerMessage(1715, LogLevel.Warning, "The spool in {Folder} is full; documents for Elasticsearch are dropped, the oldest about single drones first")]
    public static partial void SpoolFull(this ILogger logger, string folder);

    [LoggerMessage(1716, LogLevel.Warning, "{Bytes} bytes of the spool in {Folder} held no document and were passed over")]
    public static partial void SpoolDamaged(this ILogger logger, string folder, long bytes);

    [LoggerMessage(1717, LogLevel.Information, "{Stored} documents that an earlier run had left in {Folder} are stored in Elasticsearch now")]
    public static partial void Replayed(this ILogger logger, string folder, long stored);

    [LoggerMessage(1718, LogLevel.Warning, "Templates could not be set up in Elasticsearch at {Address}: {Problem}")]
    public static partial void SetUpFailed(this ILogger logger, string address, Problem problem);

    [LoggerMessage(1719, LogLevel.Information, "The spool in {Folder} can be written again; documents for Elasticsearch wait there")]
    public static partial void SpoolWritable(this ILogger logger, string folder);
}
