namespace Orca.Results;

/// <summary>A drone that took part in a run.</summary>
/// <param name="Id">The drone's id.</param>
/// <param name="Incarnation">Its life in this run.</param>
/// <param name="Rank">Its rank, from 0.</param>
/// <param name="Host">The machine's name.</param>
public sealed record ReportedDrone(string Id, string Incarnation, int Rank, string Host);
