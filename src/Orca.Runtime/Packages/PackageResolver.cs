using Orca.Plans;

namespace Orca.Packages;

/// <summary>Resolves a test package and its closure as NuGet does, once, on the leader.</summary>
internal sealed class PackageResolver(PackageOptions options, TimeProvider clock)
{
    public Task<Outcome<PackageLock>> ResolveAsync(PackageRequest request, CancellationToken ct) => throw new NotImplementedException();

    private readonly PackageOptions _options = options;
    private readonly TimeProvider _clock = clock;
}
