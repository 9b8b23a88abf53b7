namespace Orca.Runs;

/// <summary>The protocol's times, which leader and drones must agree on.</summary>
internal static class RunTimings
{
    /// <summary>How often the leader announces, and how often whoever waits re-reads the state.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an acknowledged heartbeat allows work to be started, from when it was sent.</summary>
    public static readonly TimeSpan RightToLoad = TimeSpan.FromSeconds(4);

    /// <summary>How long a member's counter may stand still before it is lost. Longer than its right to load.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(4.5);

    /// <summary>Who has not read the heartbeats for so long was cut off itself, and takes nobody's silence meanwhile for a loss.</summary>
    public static readonly TimeSpan CutOffAfter = TimeSpan.FromSeconds(2.5);

    /// <summary>How long after a loss the lost slots take effect with the others.</summary>
    public static readonly TimeSpan RedealDelay = TimeSpan.FromSeconds(0.5);

    /// <summary>A member counts for the quorum while it was seen so recently.</summary>
    public static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(2);

    /// <summary>How long the swarm's set-up may take.</summary>
    public static readonly TimeSpan SwarmSetUp = TimeSpan.FromSeconds(60);

    /// <summary>How far ahead the start time is set: by then every member has read it, however it heard of it.</summary>
    public static readonly TimeSpan StartAhead = TimeSpan.FromSeconds(2);

    /// <summary>The same where all members are in the leader's own process, and hear of it at once.</summary>
    public static readonly TimeSpan StartAheadInProcess = TimeSpan.FromSeconds(0.4);

    /// <summary>How long past grace the leader waits for final snapshots.</summary>
    public static readonly TimeSpan FinalWait = TimeSpan.FromSeconds(10);

    /// <summary>How long a sink may take to store a report once the run is over. Longer than a store is drained.</summary>
    public static readonly TimeSpan SinkWait = TimeSpan.FromSeconds(40);

    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(5);

    /// <summary>A leader stops deciding so long after it sent its last successful renewal.</summary>
    public static readonly TimeSpan LeaseTrust = TimeSpan.FromSeconds(10);
}
