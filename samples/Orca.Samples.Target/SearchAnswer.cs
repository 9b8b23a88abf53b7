namespace Orca.Samples.Target;

/// <summary>The answer of <c>/search</c>.</summary>
internal sealed record SearchAnswer(string Query, DateTimeOffset AsOf, CatalogItem[] Items);
