namespace Orca.Hosting;

/// <summary>How a leader comes to its run.</summary>
public enum LeaderMode
{
    /// <summary>It starts a new one.</summary>
    Start,

    /// <summary>It takes over the run <see cref="OrcaLeaderOptions.RunId"/>, which has lost its leader.</summary>
    Resume,

    /// <summary>It waits for the run <see cref="OrcaLeaderOptions.RunId"/> to begin, and takes it over should its leader be lost.</summary>
    StandBy,
}
