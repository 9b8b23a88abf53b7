namespace Orca.Samples.EchoTest;

public sealed record BasketLine(int Item, int Quantity);
