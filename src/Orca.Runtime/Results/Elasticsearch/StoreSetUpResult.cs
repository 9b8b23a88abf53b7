using System.Collections.Immutable;

namespace Orca.Results.Elasticsearch;

/// <summary>What a set-up has done.</summary>
/// <param name="Server">The server's name and version.</param>
/// <param name="Done">What was made or changed, one sentence each; empty where all was there.</param>
/// <param name="Reduced">Whether the server has no histograms, so that charts get percentiles of intervals only.</param>
public sealed record StoreSetUpResult(string Server, ImmutableArray<string> Done, bool Reduced);
