using System.Collections.Immutable;
using System.IO.Enumeration;

namespace Orca.Plans;

/// <summary>The hosts that may be put under load: patterns such as <c>*.staging.example</c> or <c>localhost:8080</c>. None allows all.</summary>
internal sealed record TargetRules(ImmutableArray<string> Patterns)
{
    public static TargetRules Any { get; } = new([]);

    public bool Allows(Uri address) => Patterns.IsEmpty || Patterns.Any(pattern =>
        FileSystemName.MatchesSimpleExpression(pattern, address.Host)
        || FileSystemName.MatchesSimpleExpression(pattern, $"{address.Host}:{address.Port}"));

    public override string ToString() => string.Join(", ", Patterns);
}
