namespace Orca.Results;

/// <summary>One life of a drone in one run.</summary>
internal sealed record MemberKey(string Drone, string Incarnation);
