namespace Orca.Measurement;

/// <summary>A place in every thread's <see cref="ShardTable"/>, held as long as its owner lives.</summary>
internal sealed class ShardSlot
{
    public int Number { get; } = ShardTable.Take();

    // The owner is beyond reach here, so nothing more can be recorded through this slot.
    ~ShardSlot() => ShardTable.Free(Number);
}
