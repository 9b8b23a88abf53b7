namespace Orca.Results.Elasticsearch.Spool;

/// <summary>What became of a document that was to wait in the spool.</summary>
internal enum SpoolPlace
{
    /// <summary>It is on disk.</summary>
    Disk,

    /// <summary>The disk would not take it; it waits in memory.</summary>
    Memory,

    /// <summary>There is no room for it; it is lost for the store.</summary>
    Nowhere,
}
