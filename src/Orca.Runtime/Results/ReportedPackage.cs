namespace Orca.Results;

/// <summary>A package that every drone of a run loaded.</summary>
/// <param name="Id">The package id.</param>
/// <param name="Version">The version.</param>
/// <param name="Sha512">NuGet's content hash, base64.</param>
public sealed record ReportedPackage(string Id, string Version, string Sha512);
