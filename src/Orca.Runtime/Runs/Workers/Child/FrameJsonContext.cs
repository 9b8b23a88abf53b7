using System.Text.Json.Serialization;

namespace Orca.Runs.Workers.Child;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PrepareBody))]
[JsonSerializable(typeof(PlaceBody))]
[JsonSerializable(typeof(ShareBody))]
[JsonSerializable(typeof(RequestBody))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(LogBody))]
internal sealed partial class FrameJsonContext : JsonSerializerContext;
