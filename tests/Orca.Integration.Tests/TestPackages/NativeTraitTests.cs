using Orca.TestKit;
using Orca.Tests.Runs;

namespace Orca.Tests.TestPackages;

/// <summary>A test with a native library, from a real closure on the machine's own feed.</summary>
[Collection(MachineAlone.Name)]
public sealed class NativeTraitTests
{
    [Fact]
    public async Task Run_NativeSqlite_AnswersOnEveryDrone()
    {
        LongTest.Require();
        await MachineFeed.RequireAsync();
        using var shop = new Workshop { UsesMachineFeeds = true };
        await new Trait("NativeSqlite") { Against = ("Microsoft.Data.Sqlite", "10.0.14") }.AddToAsync(shop);
        await using var swarm = new TestSwarm(shop, drones: 2, inProcess: false);

        var result = await swarm.RunAsync(PlanText.Of("Trait.NativeSqlite"));

        Assert.Empty(result.Problems);
        var check = Assert.Single(result.Report!.Scenarios[0].Measured.Checks);
        Assert.Equal(("answer", 0), (check.Name, check.Failed));
        Assert.Equal(2, result.Report.Drones.Count(drone => drone is { Finished: true, Started: > 0 }));
    }
}
