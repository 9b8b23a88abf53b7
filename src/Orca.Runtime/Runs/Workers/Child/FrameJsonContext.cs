using System.Text.Json.Serialization;

namespace Orca.Runs.Workers.Child;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PrepareBody))]
[JsonSerializable(typeof(PlaceBody))]
[JsonSerializable(typeof(ShareBody))]
[JsonSerializable(typeof(RequestBody))]
[JsonSerializable(typeof(RightBody))]
[JsonSerializable(typeof(AheadBody))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(LogBody))]
internal sealed partial class FrameJsonContext : JsonSerializerContext;
