using System.Text.Json;
using System.Text.Json.Serialization;
using Orca.Swarm.Documents;

namespace Orca.Swarm;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Announcement))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(MemberRecord))]
[JsonSerializable(typeof(Heartbeat))]
[JsonSerializable(typeof(LeaderHeartbeat))]
[JsonSerializable(typeof(Presence))]
[JsonSerializable(typeof(RunIndexEntry))]
[JsonSerializable(typeof(RunRequestRecord))]
internal sealed partial class SwarmJsonContext : JsonSerializerContext;
