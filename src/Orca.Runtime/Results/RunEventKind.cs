namespace Orca.Results;

/// <summary>The kinds of events of a run.</summary>
public enum RunEventKind
{
    /// <summary>The run entered a phase.</summary>
    Phase,

    /// <summary>A drone joined.</summary>
    DroneJoined,

    /// <summary>A drone declined, with a reason.</summary>
    DroneDeclined,

    /// <summary>A drone was left out before the start.</summary>
    DroneDropped,

    /// <summary>A drone was lost while the load ran.</summary>
    DroneLost,

    /// <summary>A drone's part failed.</summary>
    DroneFailed,

    /// <summary>Slots were dealt out anew.</summary>
    EpochChanged,

    /// <summary>A threshold first failed.</summary>
    ThresholdFailed,

    /// <summary>The load was not the load asked for.</summary>
    InvalidWindow,

    /// <summary>A stop was requested.</summary>
    StopRequested,

    /// <summary>Something the reader should know.</summary>
    Warning,
}
