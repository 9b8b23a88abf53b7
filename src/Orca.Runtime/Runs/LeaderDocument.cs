using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>The run document as its leader writes it: one version after the other, each announced to the members.</summary>
internal sealed class LeaderDocument(LeaderOptions options, RunKeys keys, RunDocument first)
{
    public RunDocument Current { get; private set; } = first;

    /// <summary>Writes the next version, again and again until the medium has it; a problem where another leader has taken over.</summary>
    public async Task<Problem?> ChangeAsync(Func<RunDocument, RunDocument> change, CancellationToken ct)
    {
        var next = change(Current) with { Number = Current.Number + 1 };
        while (true)
        {
            var reply = await options.Medium.PutDocumentAsync(keys.Document, next.DocumentVersion, SwarmJson.Write(next), ct);
            if (reply.Answered(out var there))
            {
                if (there != next.DocumentVersion)
                {
                    return new Problem($"Another leader has taken over run {next.Run} (document {there}, own {next.DocumentVersion}).")
                    {
                        Advice = "Its report comes from there.",
                    };
                }

                break;
            }

            LeaderLog.MediumAway(options.Logger, next.Run, reply.Failure!);
            await Task.Delay(RunTimings.HeartbeatPeriod, options.Clock, ct);
        }

        if (next.Phase != Current.Phase || Current.Number == 0)
        {
            LeaderLog.Phase(options.Logger, next.Run, next.Phase);
            await ListAsync(next, ct);
        }

        Current = next;
        await options.Medium.PublishAsync(keys.DronesChannel, SwarmJson.Write(new Notice { Run = next.Run }), ct);
        return null;
    }

    private async Task ListAsync(RunDocument document, CancellationToken ct)
    {
        var entry = new RunIndexEntry
        {
            Run = document.Run,
            Name = options.RunName,
            Leader = document.Leader,
            Phase = document.Phase,
            Changed = options.Clock.GetUtcNow(),
        };
        await options.Medium.WriteFieldAsync(options.Names.Runs, document.Run, SwarmJson.Write(entry), ct);
    }
}
