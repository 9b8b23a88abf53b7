namespace Orca.Swarm.Documents;

/// <summary>A member of the closed roster.</summary>
/// <param name="Drone">The drone's id.</param>
/// <param name="Incarnation">Its life in this run.</param>
/// <param name="Host">Its machine's name.</param>
/// <param name="Index">Its place as the roster closed; it never changes.</param>
/// <param name="State">Whether it takes part.</param>
internal sealed record RosterEntry(string Drone, string Incarnation, string Host, int Index, RosterState State)
{
    /// <summary>The field under which the member writes its state.</summary>
    public string Member => MemberRecord.FieldOf(Drone, Incarnation);
}
