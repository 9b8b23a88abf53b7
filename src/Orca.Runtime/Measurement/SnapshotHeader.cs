namespace Orca.Measurement;

/// <summary>Whose snapshot it is and how far it reaches.</summary>
/// <param name="Drone">The drone's id.</param>
/// <param name="Incarnation">Its life in this run.</param>
/// <param name="Epoch">The epoch of its share.</param>
/// <param name="Sequence">From 1; within an incarnation the higher one wins.</param>
/// <param name="RunTime">The run time up to which it measures: a common boundary, but for the final one.</param>
/// <param name="Final">Whether nothing comes after it.</param>
internal sealed record SnapshotHeader(string Drone, string Incarnation, int Epoch, long Sequence, TimeSpan RunTime, bool Final);
