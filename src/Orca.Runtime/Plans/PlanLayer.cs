namespace Orca.Plans;

/// <summary>One source of plan keys.</summary>
/// <param name="Name">What problems call it: a file's path, <c>command line</c>, <c>configuration</c>.</param>
/// <param name="Json">Its text: JSON with comments and trailing commas allowed.</param>
internal sealed record PlanLayer(string Name, string Json)
{
    /// <summary>A layer from <c>path=value</c> settings, such as <c>scenarios.browse.load[0].for=10s</c>.</summary>
    public static Outcome<PlanLayer> FromSettings(string name, IReadOnlyDictionary<string, string> settings) => throw new NotImplementedException();
}
