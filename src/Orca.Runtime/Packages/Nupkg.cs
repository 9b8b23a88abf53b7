using System.Collections.Immutable;
using System.Security.Cryptography;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.RuntimeModel;

namespace Orca.Packages;

/// <summary>Reads what a lock pins straight from a package file, so that no extracted copy has to be trusted.</summary>
internal static class Nupkg
{
    /// <summary>Whether a package file is there and readable, and its content has the hash, as NuGet takes it.</summary>
    public static bool Is(string file, string contentHash, CancellationToken ct)
    {
        try
        {
            using var reader = new PackageArchiveReader(file);
            return ContentHash(reader, file, ct) == contentHash;
        }
        catch (Exception e) when (FeedProblems.IsCorruption(e) || e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static Outcome<LockedPackage> Read(string file, PackageIdentity expected, ImmutableArray<string> dependencies, bool isRoot, PackageLimits limits, CancellationToken ct)
    {
        try
        {
            if (NupkgShape.Check(file, Name(expected), limits) is { } refused)
            {
                return refused;
            }

            using var reader = new PackageArchiveReader(file);
            var identity = reader.GetIdentity();
            if (!identity.Equals(expected))
            {
                return new Problem($"The package file of {expected.Id} {expected.Version} holds {identity.Id} {identity.Version} instead.");
            }

            if (!AssetSelection.ForAnyRuntime(Name(identity), [.. reader.GetFiles()], isRoot).TryGet(out var selected, out var problems))
            {
                return problems;
            }

            var assets = ImmutableArray.CreateBuilder<LockedAsset>(selected.Length);
            foreach (var asset in selected)
            {
                ct.ThrowIfCancellationRequested();
                using var stream = reader.GetStream(asset.Path);
                assets.Add(new LockedAsset(asset.Path, asset.Kind, FileHash.Of(stream), asset.Culture));
            }

            return new LockedPackage(identity.Id, identity.Version.ToNormalizedString(), ContentHash(reader, file, ct), dependencies, assets.DrainToImmutable());
        }
        catch (Exception e) when (FeedProblems.IsCorruption(e) || e is FileNotFoundException)
        {
            return Corrupt(expected, e);
        }
    }

    public static string Name(PackageIdentity package) => $"{package.Id} {package.Version.ToNormalizedString()}";

    /// <summary>What a package file of a sound shape says that it depends on.</summary>
    public static FindPackageByIdDependencyInfo Dependencies(string file)
    {
        using var reader = new PackageArchiveReader(file);
        var nuspec = reader.NuspecReader;
        return new(nuspec.GetIdentity(), nuspec.GetDependencyGroups(), nuspec.GetFrameworkAssemblyGroups());
    }

    public static Problem Corrupt(PackageIdentity package, Exception exception) =>
        new($"The package file of {package.Id} {package.Version} is corrupt ({FeedProblems.Corruption(exception)}).")
        {
            Advice = "Build it and push it to the feed again.",
        };

    /// <summary>The dependencies by runtime that a package brings in its <c>runtime.json</c>, or null.</summary>
    public static RuntimeGraph? RuntimeDependencies(string file)
    {
        using var reader = new PackageArchiveReader(file);
        if (!reader.GetFiles().Contains(RuntimeGraph.RuntimeGraphFileName))
        {
            return null;
        }

        using var stream = reader.GetStream(RuntimeGraph.RuntimeGraphFileName);
        return JsonRuntimeFormat.ReadRuntimeGraph(stream);
    }

    private static string ContentHash(PackageArchiveReader reader, string file, CancellationToken ct) =>
        reader.GetContentHash(ct, () =>
        {
            using var stream = File.OpenRead(file);
            return Convert.ToBase64String(SHA512.HashData(stream));
        });
}
