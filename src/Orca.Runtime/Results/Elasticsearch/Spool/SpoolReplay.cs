using Microsoft.Extensions.Logging;
using Orca.Results.Elasticsearch.Bulk;
using Orca.Results.Elasticsearch.Client;

namespace Orca.Results.Elasticsearch.Spool;

/// <summary>Stores what earlier runs have left in the spool.</summary>
internal sealed class SpoolReplay(string root, IStoreClient client, BulkTimings timings, SpoolDisk disk, TimeProvider clock, ILogger logger)
{
    /// <summary>Takes up every folder that nobody is at, one after another, each until it is stored or time is up.</summary>
    public async Task<ReplayResult> RunAsync(TimeSpan most, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var result = new ReplayResult();
        foreach (var path in Folders())
        {
            using var folder = SpoolFolder.TakeUp(path, disk);
            if (folder is null)
            {
                result = result with { InUse = result.InUse.Add(path) };
                continue;
            }

            if (folder.IsEmpty)
            {
                continue;
            }

            var left = most - clock.GetElapsedTime(began);
            result = await StoreAsync(folder, result, left > TimeSpan.Zero ? left : TimeSpan.Zero, ct);
            if (result.Refused is not null)
            {
                break;
            }
        }

        return result;
    }

    private async Task<ReplayResult> StoreAsync(SpoolFolder folder, ReplayResult result, TimeSpan most, CancellationToken ct)
    {
        var deadLetters = new DeadLetters(root, Path.GetFileName(folder.Path));
        await using var sender = new BulkSender(client, folder, deadLetters, timings, clock, logger);
        var drained = await sender.DrainAsync(most, ct);
        if (folder.Damaged > 0)
        {
            logger.SpoolDamaged(folder.Path, folder.Damaged);
        }

        if (drained)
        {
            logger.Replayed(folder.Path, sender.Counts.Stored);
        }

        return result with
        {
            Stored = result.Stored + sender.Counts.Stored,
            Dead = result.Dead + sender.Counts.Dead,
            DeadLetters = sender.Counts.Dead > 0 ? result.DeadLetters.Add(deadLetters.Path) : result.DeadLetters,
            Unfinished = drained ? result.Unfinished : result.Unfinished.Add(folder.Path),
            Refused = sender.Refused,
        };
    }

    private IEnumerable<string> Folders() => !Directory.Exists(root) ? []
        : Directory.GetDirectories(root).Where(path => Path.GetFileName(path) != DeadLetters.FolderName).Order(StringComparer.Ordinal);
}
