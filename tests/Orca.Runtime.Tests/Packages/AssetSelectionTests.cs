using Orca.Packages;

namespace Orca.Tests.Packages;

public sealed class AssetSelectionTests
{
    [Fact]
    public void Select_OfManyPackagesAtOnce_ChoosesForEachWhatItChoosesAlone() =>
        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            // Frameworks that nobody has asked for yet: whatever is remembered of them is being written now.
            string[] files = ["lib/net8.0/A.dll", $"lib/net9{number}.0/A.dll", $"lib/netstandard1.{number}/A.dll", "lib/net45/A.dll"];

            Assert.True(AssetSelection.Select("A 1.0.0", files, isRoot: false).TryGet(out var assets, out _));
            Assert.Equal(["lib/net8.0/A.dll"], assets.Select(asset => asset.Path));
        });
}
