namespace Orca.Results;

/// <summary>Responses with one status code.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Count">How many.</param>
public sealed record HttpStatusCount(int Status, long Count);
