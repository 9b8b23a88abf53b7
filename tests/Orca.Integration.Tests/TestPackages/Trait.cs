using Orca.Packages;
using Orca.TestKit;

namespace Orca.Tests.TestPackages;

/// <summary>A tiny test package with one trait, from its source in tests/TestPackages/Traits.</summary>
/// <param name="Name">The source file's name; the package is <c>Trait.&lt;name&gt;</c>.</param>
internal sealed record Trait(string Name)
{
    public string Id => "Trait." + Name;

    /// <summary>What else its package holds or needs.</summary>
    public Func<TestPackage, TestPackage> More { get; init; } = package => package;

    /// <summary>What is pushed beside it.</summary>
    public TestPackage[] Beside { get; init; } = [];

    /// <summary>A package of the machine's feeds that it is compiled against, with what that brings.</summary>
    public (string Id, string Version)? Against { get; init; }

    public async Task AddToAsync(Workshop shop)
    {
        shop.Add(Beside);
        var references = Beside.Where(package => package.Id == "Lib").Take(1).Select(package => TestPackage.LibraryImage(package.Id, package.Version)).ToList();
        if (Against is { } against)
        {
            var installed = await shop.InstallAsync(await shop.ResolveAsync(against.Id, against.Version));
            references.AddRange(installed.Assets.Where(asset => asset.Asset.Kind == AssetKind.Assembly).Select(asset => File.ReadAllBytes(asset.File)));
        }

        var source = await File.ReadAllTextAsync(Repository.PathOf("tests", "TestPackages", "Traits", Name + ".cs"), TestContext.Current.CancellationToken);
        var package = More(new TestPackage(Id).Source(source, references));
        shop.Add(Against is { } needed ? package.Depends(needed.Id, needed.Version) : package);
    }
}
