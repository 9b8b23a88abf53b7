namespace Orca.Plans;

/// <summary>What may be a name in a plan.</summary>
internal static class NameRules
{
    public const string NameAdvice = "Write 1 to 100 characters without line breaks and the like.";

    public const string ScenarioAdvice = "Write letters and digits, and between them '-', '_' and '.', at most 100 characters.";

    public static bool IsName(string text) =>
        text.Length <= PlanLimits.LongestName && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    /// <summary>A scenario's name stands in thresholds, paths and keys, so it holds no blank, slash or quote.</summary>
    public static bool IsScenario(string text) =>
        text.Length is > 0 and <= PlanLimits.LongestName
        && char.IsLetterOrDigit(text[0])
        && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
}
