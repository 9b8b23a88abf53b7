using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Orca.Plans;

/// <summary>Hides the credentials of URLs wherever they are shown: <c>https://user:password@host</c> becomes <c>https://***@host</c>.</summary>
internal static partial class Redaction
{
    public static string Of(string text) => text.Contains('@', StringComparison.Ordinal) ? Credentials().Replace(text, "***@") : text;

    public static string Of(Uri uri) => Of(uri.OriginalString);

    /// <summary>The plan as it may be shown: no credentials in target, parameters and tags.</summary>
    public static RunPlan Of(RunPlan plan) => plan with
    {
        Target = plan.Target is null ? null : new Uri(Of(plan.Target), UriKind.Absolute),
        Parameters = Of(plan.Parameters),
        Tags = plan.Tags.ToImmutableSortedDictionary(pair => pair.Key, pair => Of(pair.Value), plan.Tags.KeyComparer),
        Scenarios = [.. plan.Scenarios.Select(scenario => scenario with { Parameters = Of(scenario.Parameters) })],
    };

    private static ImmutableSortedDictionary<string, ParameterValue> Of(ImmutableSortedDictionary<string, ParameterValue> parameters) =>
        parameters.ToImmutableSortedDictionary(
            pair => pair.Key,
            pair => pair.Value.Text is null ? pair.Value : pair.Value with { Text = Of(pair.Value.Text) },
            parameters.KeyComparer);

    // Up to the last @ before the path: a password may hold one that nobody escaped.
    [GeneratedRegex(@"(?<=://)[^/?#\s]*@", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Credentials();
}
