using Orca.Measurement;

namespace Orca.Results;

/// <summary>What one member did from one snapshot to a later one.</summary>
/// <param name="Member">Whose work it is.</param>
/// <param name="Earlier">The earlier snapshot; null is the start.</param>
/// <param name="Later">The later one.</param>
/// <param name="Late">Whether it began before the interval that is being closed.</param>
internal readonly record struct Stretch(LedgerMember Member, Snapshot? Earlier, Snapshot Later, bool Late)
{
    public TimeSpan From => Earlier?.Header.RunTime ?? TimeSpan.Zero;

    public TimeSpan To => Later.Header.RunTime;
}
