using Orca.Plans;
using Orca.Swarm;
using Orca.Swarm.Documents;

namespace Orca.Runs;

/// <summary>Reads a run document as it stands in the medium: nobody acts on one that contradicts itself.</summary>
internal static class RunDocumentCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>The document; a problem where it is none, or one that says what cannot be.</summary>
    public static Outcome<RunDocument> Read(StoredDocument stored)
    {
        if (!SwarmJson.Read<RunDocument>(stored.Body, RunDocument.TypeName).TryGet(out var document, out var problems))
        {
            return problems;
        }

        return Wrong(document, stored.Version) is { } wrong
            ? new Problem($"Version {stored.Version} of run {document.Run}'s document is malformed: {wrong}.")
            {
                Advice = "Find out who writes to this swarm; a swarm key keeps others out.",
            }
            : document;
    }

    private static string? Wrong(RunDocument document, DocumentVersion version)
    {
        if (document.DocumentVersion != version)
        {
            return $"it says that it is version {document.DocumentVersion}";
        }

        if (document.Plan is null || document.Lock?.Root is null || document.SwarmState is null || document.Roster.IsDefault
            || document.Roster.Any(entry => entry?.Drone is null || entry.Incarnation is null) || document.Shares.IsDefault || document.LostClaims.IsDefault)
        {
            return "a part is missing";
        }

        // All sets of one run are cut from the same number of slots.
        int? total = null;
        foreach (var share in document.Shares)
        {
            if (!IsSet(share?.Slots, ref total) || !(share!.FromMs >= 0 && share.FromMs <= Longest.TotalMilliseconds))
            {
                return $"nobody can have the slots '{share?.Slots}' from {share?.FromMs} ms on";
            }
        }

        foreach (var claim in document.LostClaims)
        {
            if (claim?.Scenario is null || !IsSet(claim.Slots, ref total))
            {
                return $"nobody can have claimed the slots '{claim?.Slots}'";
            }
        }

        return null;
    }

    private static bool IsSet(string? text, ref int? total) => SlotSet.TryParse(text, out var slots) && (total ??= slots.Total) == slots.Total;
}
