namespace Orca.Runs.Workers.Child;

/// <summary>What a frame between a drone and the process of its test says.</summary>
internal enum FrameKind : byte
{
    // From the drone.
    Prepare = 1,
    SetUpSwarm,
    SetUp,
    Start,
    Update,
    ExtendRight,
    Stop,
    TearDownSwarm,
    Cancel,
    End,

    // From the child.
    Answer = 65,
    Snapshot,
    Completed,
    Log,
    Ahead,
}
