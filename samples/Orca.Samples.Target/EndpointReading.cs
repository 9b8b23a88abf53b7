namespace Orca.Samples.Target;

/// <summary>What one endpoint was sent.</summary>
/// <param name="Arrived">How many requests arrived.</param>
/// <param name="Statuses">How many were answered with each status; 499 where the client went away before.</param>
public sealed record EndpointReading(long Arrived, IReadOnlyDictionary<int, long> Statuses);
