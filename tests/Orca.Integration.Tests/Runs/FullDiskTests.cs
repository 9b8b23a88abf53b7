using Orca.Results;
using Orca.Runs;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>A drone whose disk is full declines, naming the folder, and takes part again once there is room.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Run_DroneWithoutRoomForThePackage_DeclinesAndJoinsTheNextRunThatFits()
    {
        using var shop = new Workshop();
        var noise = new byte[3 << 20];
        new Random(1).NextBytes(noise);
        shop.Add(TestPackage.WithTest("Big.Tests").File("lib/net10.0/noise.bin", noise), TestPackage.WithTest("Good.Tests"));
        using var disk = MountedDisk.At(shop.Drone("drone-2").CacheFolder, megabytes: 2);
        await using var swarm = new TestSwarm(shop, drones: 2);

        var declined = await swarm.RunAsync(PlanText.Of("Big.Tests"));
        var small = await swarm.RunAsync(PlanText.Of("Good.Tests"));
        disk.Resize(megabytes: 32);
        var big = await swarm.RunAsync(PlanText.Of("Big.Tests"));

        Assert.Equal(ExitCode.Aborted, declined.ExitCode);
        var what = Assert.Single(declined.Problems).ToString();
        Assert.Contains($"'{shop.Drone("drone-2").CacheFolder}' failed, because its disk is full", what, StringComparison.Ordinal);
        Assert.Contains("Make room on that disk", what, StringComparison.Ordinal);
        Assert.All(new[] { small, big }, result => Assert.Equal((ExitCode.Passed, 2), (result.ExitCode, result.Report!.Drones.Count(drone => drone.Finished))));
    }
}
