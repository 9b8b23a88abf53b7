using Orca.Packages;

namespace Orca.Tests.Packages;

public sealed class AssetSelectionTests
{
    [Fact]
    public void ForAnyRuntime_OfManyPackagesAtOnce_ChoosesForEachWhatItChoosesAlone() =>
        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            // Frameworks that nobody has asked for yet: whatever is remembered of them is being written now.
            string[] files = ["lib/net8.0/A.dll", $"lib/net9{number}.0/A.dll", $"lib/netstandard1.{number}/A.dll", "lib/net45/A.dll"];

            Assert.True(AssetSelection.ForAnyRuntime("A 1.0.0", files, isRoot: false).TryGet(out var assets, out _));
            Assert.Equal(["lib/net8.0/A.dll"], assets.Select(asset => asset.Path));
        });

    [Theory]
    [InlineData("linux-x64", "lib/net10.0/A.dll", "runtimes/linux-x64/native/n.so")]
    [InlineData("linux-arm64", "lib/net10.0/A.dll", "runtimes/unix/native/n.so")]
    [InlineData("win-x64", "runtimes/win/lib/net10.0/A.dll", "runtimes/win-x64/native/n.dll")]
    [InlineData("osx-arm64", "lib/net10.0/A.dll", "runtimes/unix/native/n.so")]
    [InlineData("win-arm64", "runtimes/win/lib/net10.0/A.dll")]
    public void ForRuntime_OfWhatALockPins_ChoosesAsNuGetDoesForThatRuntime(string runtime, params string[] expected)
    {
        string[] files =
        [
            "lib/net10.0/A.dll", "lib/net45/A.dll", "runtimes/win/lib/net10.0/A.dll", "runtimes/win/lib/net45/A.dll",
            "runtimes/linux-x64/native/n.so", "runtimes/unix/native/n.so", "runtimes/win-x64/native/n.dll", "readme.md",
        ];
        Assert.True(AssetSelection.ForAnyRuntime("A 1.0.0", files, isRoot: false).TryGet(out var pinned, out _));

        Assert.Equal(6 - 1, pinned.Length);
        Assert.Equal(expected.Order(StringComparer.Ordinal), AssetSelection.ForRuntime([.. pinned.Select(asset => asset.Path)], runtime, isRoot: false).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ForAnyRuntime_XmlBesideTheRootsAssemblies_IsDataUnlessItDocumentsOne()
    {
        Assert.True(AssetSelection.ForAnyRuntime("A 1.0.0", ["lib/net10.0/A.dll", "lib/net10.0/A.xml", "lib/net10.0/orders.xml"], isRoot: true).TryGet(out var assets, out _));

        Assert.Equal(["lib/net10.0/A.dll", "lib/net10.0/orders.xml"], assets.Select(asset => asset.Path));
    }
}
