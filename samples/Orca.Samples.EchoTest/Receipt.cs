using NodaTime;

namespace Orca.Samples.EchoTest;

public sealed record Receipt(string Session, int Items, decimal Total, OffsetDateTime PaidAt);
