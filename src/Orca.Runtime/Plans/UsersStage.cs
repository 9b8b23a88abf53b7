namespace Orca.Plans;

/// <summary>Closed load: so many users at once, each beginning its next iteration when one ends.</summary>
/// <param name="From">The users at the stage's start, in the swarm.</param>
/// <param name="To">The users at its end; between them the number changes evenly.</param>
/// <param name="Duration">How long it lasts.</param>
public sealed record UsersStage(int From, int To, TimeSpan Duration) : LoadStage(Duration);
