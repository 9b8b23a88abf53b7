namespace Orca.Swarm.Documents;

/// <summary>A member of the closed roster.</summary>
/// <param name="Drone">The drone's id.</param>
/// <param name="Incarnation">Its life in this run.</param>
/// <param name="Host">Its machine's name.</param>
/// <param name="Rank">Its rank among those that take part; −1 once it was left out.</param>
/// <param name="State">Whether it takes part.</param>
internal sealed record RosterEntry(string Drone, string Incarnation, string Host, int Rank, RosterState State)
{
    /// <summary>The field under which the member writes its state.</summary>
    public string Member => MemberRecord.FieldOf(Drone, Incarnation);
}
