namespace Orca.Samples.Target;

/// <summary>The answer of <c>/checkout</c>.</summary>
internal sealed record Receipt(string Session, int Items, decimal Total, DateTimeOffset PaidAt);
