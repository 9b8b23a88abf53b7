namespace Orca.Samples.EchoTest;

public sealed record CatalogItem(int Item, string Name, decimal Price);
