using System.Security.Cryptography;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>What a person asks of a swarm from outside: who is there, what has run, and to stop a run.</summary>
internal sealed class SwarmOverview(ISwarmMedium medium, SwarmNames names, TimeProvider clock)
{
    /// <summary>Whether the medium answers: a problem, or null.</summary>
    public async Task<Problem?> ReachAsync(CancellationToken ct) => (await medium.ReadClockAsync(ct)).Failure;

    /// <summary>The drones that are there, by name. A drone shows itself each second: what does not change while it is looked at was left behind.</summary>
    public async Task<Outcome<Presence[]>> DronesAsync(CancellationToken ct)
    {
        var first = await medium.ReadHashAsync(names.Drones, ct);
        if (!first.Answered(out var before) || before.Count == 0)
        {
            return first.Failure is { } failure ? failure : Array.Empty<Presence>();
        }

        var seen = Presences(before);
        var alive = new Dictionary<string, Presence>(StringComparer.Ordinal);
        var start = clock.GetTimestamp();
        while (alive.Count < seen.Count && clock.GetElapsedTime(start) < RunTimings.SeenWithin)
        {
            await Task.Delay(RunTimings.SeenWithin / 8, clock, ct);
            var again = await medium.ReadHashAsync(names.Drones, ct);
            if (!again.Answered(out var now))
            {
                return again.Failure!;
            }

            foreach (var (name, presence) in Presences(now))
            {
                if (!seen.TryGetValue(name, out var old) || old.Counter != presence.Counter || old.Life != presence.Life)
                {
                    alive[name] = presence;
                }
            }
        }

        return alive.Values.OrderBy(presence => presence.Drone, StringComparer.Ordinal).ToArray();
    }

    /// <summary>The newest runs, the last changed first.</summary>
    public async Task<Outcome<RunIndexEntry[]>> RunsAsync(CancellationToken ct)
    {
        var reply = await medium.ReadHashAsync(names.Runs, ct);
        return reply.Answered(out var fields)
            ? Read<RunIndexEntry>(fields.Values, RunIndexEntry.TypeName).OrderByDescending(run => run.Changed).ToArray()
            : reply.Failure!;
    }

    /// <summary>Asks a run's leader to drain now; a problem where there is no such run, or where it is over.</summary>
    public async Task<Problem?> StopAsync(string run, string by, CancellationToken ct)
    {
        if (!(await RunsAsync(ct)).TryGet(out var runs, out var unreached))
        {
            return unreached[0];
        }

        if (runs.FirstOrDefault(entry => entry.Run == run) is not { } found)
        {
            return new Problem($"Swarm '{names.Swarm}' has no run '{run}'.") { Advice = runs.Length == 0 ? "It has had no run lately." : $"Its newest runs are: {string.Join(", ", runs.Take(5).Select(entry => entry.Run))}." };
        }

        if (found.Phase is RunPhase.Completed or RunPhase.Aborted)
        {
            return new Problem($"Run '{run}' is over: it is {found.Phase.ToString().ToLowerInvariant()} since {found.Changed:u}.");
        }

        var keys = names.Run(run);
        var request = new RunRequestRecord { Run = run, Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Action = RunRequestRecord.Stop, By = by };
        if ((await medium.AppendAsync(keys.Requests, SwarmJson.Write(request), ct)).Failure is { } unasked)
        {
            return unasked;
        }

        await medium.PublishAsync(keys.LeaderChannel, SwarmJson.Write(new Notice { Run = run }), ct);
        return null;
    }

    private static Dictionary<string, Presence> Presences(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields) =>
        Read<Presence>(fields.Values, Presence.TypeName).DistinctBy(presence => presence.Drone).ToDictionary(presence => presence.Drone, StringComparer.Ordinal);

    private static IEnumerable<T> Read<T>(IEnumerable<ReadOnlyMemory<byte>> documents, string type)
        where T : class, ISwarmDocument =>
        documents.Select(json => SwarmJson.Read<T>(json, type).TryGet(out var document, out _) ? document : null).OfType<T>();
}
