namespace Orca.Packages;

/// <summary>Installs exactly what a lock pins, from own feeds or the cache, and compares every hash.</summary>
internal sealed class PackageInstaller(PackageOptions options)
{
    public Task<Outcome<InstalledPackage>> InstallAsync(PackageLock pinned, CancellationToken ct) => throw new NotImplementedException();

    private readonly PackageOptions _options = options;
}
