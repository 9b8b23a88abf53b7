namespace Orca.Swarm;

/// <summary>A member that is to be declared lost, and the heartbeat after which nothing was heard of it; empty where none is there.</summary>
internal readonly record struct SilentMember(string Member, ReadOnlyMemory<byte> Heartbeat);
