using System.Collections.Immutable;

namespace Orca.Plans;

/// <summary>A parameter: a text, or the name of a secret that each drone resolves from its own configuration.</summary>
/// <param name="Text">The text, or <see langword="null"/> where it is a secret.</param>
/// <param name="Secret">The secret's name, or <see langword="null"/>.</param>
public sealed record ParameterValue(string? Text, string? Secret = null)
{
    internal static ImmutableSortedDictionary<string, ParameterValue> None { get; } =
        ImmutableSortedDictionary.Create<string, ParameterValue>(StringComparer.OrdinalIgnoreCase);
}
