using System.Text.Json;

namespace Orca.Plans;

/// <summary>The plan file, <c>orca.json</c>: reading with overrides, validation that collects all problems, and writing.</summary>
internal static class PlanFile
{
    /// <summary>Reads layers, each over the one before key by key, and validates the whole.</summary>
    public static Outcome<RunPlan> Read(IReadOnlyList<PlanLayer> layers, PlanReading reading)
    {
        var problems = new PlanProblems();
        var merged = new PlanNode(JsonValueKind.Object, new PlanSource("the plan", -1, 0));
        foreach (var (order, layer) in layers.Index())
        {
            if (PlanJson.Parse(layer, order, problems) is { } root)
            {
                merged = PlanMerge.Over(merged, root, "", problems);
            }
        }

        // Half a plan would only be complained about for what the broken half may say.
        return problems.Any
            ? problems.ToImmutable()
            : new PlanReader(new PlanSection(merged, "", problems), reading).Read();
    }

    /// <summary>Writes a plan in the file's own form, so that reading it gives the same plan.</summary>
    public static string Write(RunPlan plan) => PlanWriter.Write(plan).ToJsonString(PlanWriter.Options);

    /// <summary>Writes a plan as it may be shown: without credentials in URLs.</summary>
    public static string WriteRedacted(RunPlan plan) => Write(Redaction.Of(plan));
}
