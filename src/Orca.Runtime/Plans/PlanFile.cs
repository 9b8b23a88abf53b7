namespace Orca.Plans;

/// <summary>The plan file, <c>orca.json</c>: reading with overrides, validation that collects all problems, and writing.</summary>
internal static class PlanFile
{
    /// <summary>Reads layers, each over the one before key by key, and validates the whole.</summary>
    public static Outcome<RunPlan> Read(IReadOnlyList<PlanLayer> layers, PlanReading reading) => throw new NotImplementedException();

    /// <summary>Writes a plan in the file's own form, so that reading it gives the same plan.</summary>
    public static string Write(RunPlan plan) => throw new NotImplementedException();
}
