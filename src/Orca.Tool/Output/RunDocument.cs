namespace Orca.Tool.Output;

/// <summary>A run of a swarm, in JSON.</summary>
internal sealed record RunDocument(string Run, string Name, string Phase, string Leader, DateTimeOffset Changed);
