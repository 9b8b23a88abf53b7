namespace Orca.Packages;

/// <summary>The kinds of files that are loaded from packages.</summary>
internal enum AssetKind
{
    Assembly,
    Native,
    Satellite,
    Content,
}
