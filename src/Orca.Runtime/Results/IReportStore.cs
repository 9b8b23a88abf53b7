namespace Orca.Results;

/// <summary>A sink that puts the report on disk before the run is called completed.</summary>
internal interface IReportStore
{
    /// <summary>Writes the report; the result names its folder.</summary>
    Task<Outcome<RunReport>> StoreAsync(RunReport report, CancellationToken ct);
}
