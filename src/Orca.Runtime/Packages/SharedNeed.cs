using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>A dependency that the host provides, as a package asks for it.</summary>
internal sealed record SharedNeed(string Id, VersionRange Range);
