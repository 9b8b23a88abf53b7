using System.Text.Json.Serialization;

namespace Orca.Samples.EchoTest;

// Generated, not reflected upon: what reflection caches would outlive the test on its drone.
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(BasketLine))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ShopJsonContext : JsonSerializerContext;
