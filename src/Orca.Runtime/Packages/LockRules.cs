using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NuGet.Packaging;
using NuGet.Versioning;

namespace Orca.Packages;

/// <summary>What must hold of a lock before anything of it touches a disk: it may come from anyone.</summary>
internal static partial class LockRules
{
    private const int MostPackages = 2_000;
    private const int MostAssets = 50_000;
    private const int LongestPath = 400;

    /// <summary>The first fault of each package; empty where the lock is sound and its hash matches its contents.</summary>
    public static ImmutableArray<Problem> Check(PackageLock pinned)
    {
        if (pinned is null || pinned.Root is null || pinned.Hash is null || pinned.Packages.IsDefaultOrEmpty)
        {
            return [Fault("it has no root, no packages or no hash")];
        }

        if (pinned.Packages.Length > MostPackages || pinned.Packages.Sum(package => package is null || package.Assets.IsDefault ? 0 : package.Assets.Length) > MostAssets)
        {
            return [Fault($"it names more than {MostPackages} packages or {MostAssets} files")];
        }

        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var faults = pinned.Packages.Select(package => FaultOf(package, ids)).OfType<string>().Select(Fault).ToImmutableArray();
        if (!faults.IsEmpty)
        {
            return faults;
        }

        if (!LockHash.IsRoot(pinned.Packages[0], pinned.Root))
        {
            return [Fault($"its first package is not {Shown(pinned.Root.ToString())}")];
        }

        return LockHash.Compute(pinned.Root, pinned.Packages) == pinned.Hash ? [] : [Fault("its hash does not match its contents")];
    }

    private static Problem Fault(string fault) => new($"The package lock is not valid: {fault}.") { Advice = "Have the leader resolve the package again." };

    private static string? FaultOf(LockedPackage? package, HashSet<string> ids)
    {
        if (package?.Id is null || !PackageIdValidator.IsValidPackageId(package.Id) || package.Id.Length > PackageIdValidator.MaxPackageIdLength)
        {
            return $"'{Shown(package?.Id)}' is no package id";
        }

        if (!NuGetVersion.TryParse(package.Version, out var version) || version.ToNormalizedString() != package.Version)
        {
            return $"'{Shown(package.Version)}' is no normalized version of {package.Id}";
        }

        if (!ids.Add(package.Id))
        {
            return $"it names {package.Id} twice";
        }

        if (!IsHash(package.Sha512) || package.Dependencies.IsDefault || package.Assets.IsDefault)
        {
            return $"{package.Id} has no hash, dependencies or files";
        }

        if (package.Dependencies.Any(id => id is null || !PackageIdValidator.IsValidPackageId(id)))
        {
            return $"a dependency of {package.Id} is no package id";
        }

        var paths = new HashSet<string>(StringComparer.Ordinal);
        return package.Assets.FirstOrDefault(asset => !IsSound(asset) || !paths.Add(asset.Path)) is { } bad
            ? $"'{Shown(bad.Path)}' of {package.Id} is no file that a package may load"
            : package.Assets.Contains(null!) ? $"{package.Id} has an empty file entry" : null;
    }

    private static bool IsSound(LockedAsset? asset) =>
        asset?.Path is { Length: > 0 and <= LongestPath } path
        && !path.Contains('\\') && !path.Contains(':') && !path.Any(char.IsControl)
        && path.Split('/').All(part => part is not ("" or "." or ".."))
        && IsHash(asset.Sha512)
        && Enum.IsDefined(asset.Kind)
        && (asset.Culture is null || Culture().IsMatch(asset.Culture));

    private static bool IsHash(string? text) => text is { Length: 88 } && Convert.TryFromBase64String(text, new byte[64], out var length) && length == 64;

    private static string Shown(string? text) => text is null ? "null" : new string([.. text.Take(80).Select(c => char.IsControl(c) ? '?' : c)]);

    [GeneratedRegex("^[A-Za-z0-9-]{1,40}$")]
    private static partial Regex Culture();
}
