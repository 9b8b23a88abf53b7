namespace Orca.Plans;

/// <summary>A package asked for: an id, and a version or range as NuGet writes them.</summary>
/// <param name="Id">The package id.</param>
/// <param name="Range">A version, a floating version (<c>1.4.*</c>) or a range (<c>[1.0,2.0)</c>); <see langword="null"/> takes the newest stable one.</param>
public sealed record PackageRequest(string Id, string? Range)
{
    /// <summary>Gets the request as plans write it: <c>Acme.Shop.LoadTests@1.4.*</c>.</summary>
    public override string ToString() => Range is null ? Id : $"{Id}@{Range}";
}
