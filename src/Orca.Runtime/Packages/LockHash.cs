using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Orca.Packages;

/// <summary>Orders a lock's packages and hashes all that it pins.</summary>
internal static class LockHash
{
    public static PackageLock Seal(PackageVersion root, IEnumerable<LockedPackage> packages)
    {
        ImmutableArray<LockedPackage> ordered =
        [
            .. packages
                .Select(package => package with
                {
                    Dependencies = [.. package.Dependencies.Order(StringComparer.OrdinalIgnoreCase)],
                    Assets = [.. package.Assets.OrderBy(asset => asset.Path, StringComparer.Ordinal)],
                })
                .OrderBy(package => !IsRoot(package, root))
                .ThenBy(package => package.Id, StringComparer.OrdinalIgnoreCase),
        ];
        return new PackageLock { Root = root, Packages = ordered, Hash = Compute(root, ordered) };
    }

    // One line for each fact, fields parted by tabs; LockRules keep both out of the fields.
    public static string Compute(PackageVersion root, ImmutableArray<LockedPackage> packages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append("orca-lock-1", root.Id, root.Version);
        foreach (var package in packages)
        {
            Append(["package", package.Id, package.Version, package.Sha512, .. package.Dependencies]);
            foreach (var asset in package.Assets)
            {
                Append("asset", asset.Path, asset.Kind.ToString(), asset.Sha512, asset.Culture ?? "");
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(params ReadOnlySpan<string> fields) => hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\t', fields) + "\n"));
    }

    public static bool IsRoot(LockedPackage package, PackageVersion root) =>
        string.Equals(package.Id, root.Id, StringComparison.OrdinalIgnoreCase) && package.Version == root.Version;
}
