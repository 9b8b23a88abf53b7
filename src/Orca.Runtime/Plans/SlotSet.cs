namespace Orca.Plans;

/// <summary>Some of the slots that the load is cut into; M = 64 n of them for n drones.</summary>
/// <remarks>Immutable. Its text form is short for the sets that dealing produces: arithmetic progressions.</remarks>
internal sealed class SlotSet
{
    public const int SlotsPerDrone = 64;

    /// <summary>All slots of the swarm, M.</summary>
    public int Total => throw new NotImplementedException();

    /// <summary>The slots in this set.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>Whether arrival, user or iteration <paramref name="number"/> falls in this set: slot number mod M.</summary>
    public bool Owns(long number) => throw new NotImplementedException();

    /// <summary>The slots of the drone of rank i of n at the start: s ≡ i (mod n).</summary>
    public static SlotSet ForRank(int rank, int drones) => throw new NotImplementedException();

    public SlotSet Union(SlotSet other) => throw new NotImplementedException();

    /// <summary>Deals this set out to so many others, evenly: part r takes every count-th slot from the r-th on.</summary>
    public IReadOnlyList<SlotSet> Deal(int parts) => throw new NotImplementedException();

    public override string ToString() => throw new NotImplementedException();

    public static SlotSet Parse(string text) => throw new NotImplementedException();
}
