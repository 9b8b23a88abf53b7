namespace Orca.Samples.Target;

/// <summary>One thing that the shop sells.</summary>
internal sealed record CatalogItem(int Item, string Name, decimal Price);
