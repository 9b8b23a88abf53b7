using NodaTime;

namespace Orca.Samples.EchoTest;

public sealed record SearchAnswer(string Query, OffsetDateTime AsOf, IReadOnlyList<CatalogItem> Items);
