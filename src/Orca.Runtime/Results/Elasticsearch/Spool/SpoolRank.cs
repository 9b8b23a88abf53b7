namespace Orca.Results.Elasticsearch.Spool;

/// <summary>What goes first where there is no room for all.</summary>
internal enum SpoolRank
{
    /// <summary>About single drones: the oldest are dropped first.</summary>
    Drone,

    /// <summary>All else about a run.</summary>
    Ordinary,

    /// <summary>The run's own document: always kept.</summary>
    Essential,
}
