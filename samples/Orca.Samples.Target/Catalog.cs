namespace Orca.Samples.Target;

/// <summary>What the shop sells.</summary>
internal static class Catalog
{
    private static readonly CatalogItem[] Items =
    [
        new(1, "green tea", 4.50m),
        new(2, "black tea", 3.90m),
        new(3, "coffee beans", 12.80m),
        new(4, "coffee mug", 9.00m),
        new(5, "tea pot", 24.00m),
    ];

    public static CatalogItem[] Find(string text) =>
        [.. Items.Where(item => item.Name.Contains(text, StringComparison.OrdinalIgnoreCase))];

    public static decimal? PriceOf(int item) => Array.Find(Items, sold => sold.Item == item)?.Price;
}
