namespace Orca.Packages;

/// <summary>A package's id and normalized version.</summary>
internal sealed record PackageVersion(string Id, string Version)
{
    public override string ToString() => $"{Id} {Version}";
}
