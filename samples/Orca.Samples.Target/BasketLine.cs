namespace Orca.Samples.Target;

/// <summary>What is put into a basket.</summary>
internal sealed record BasketLine(int Item, int Quantity);
