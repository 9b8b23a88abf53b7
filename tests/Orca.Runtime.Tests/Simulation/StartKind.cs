namespace Orca.Tests.Simulation;

/// <summary>Under which kind of load something was started.</summary>
internal enum StartKind
{
    Arrival,
    User,
    Iteration,
}
