using Microsoft.Extensions.Logging.Abstractions;
using Orca.Hosting;
using Orca.Hosting.Drones;
using Orca.Packages;
using Orca.Runs.Workers;
using Orca.TestKit.Servers;

namespace Orca.Tests.Hosting.Drones;

public sealed class DroneWorkersTests
{
    [Theory]
    [InlineData(true, null, typeof(ProcessWorkerFactory))]
    [InlineData(true, TestIsolation.InProcess, typeof(InProcessWorkerFactory))]
    [InlineData(false, null, typeof(InProcessWorkerFactory))]
    [InlineData(false, TestIsolation.Process, typeof(ProcessWorkerFactory))]
    public void Of_SwarmAndOptions_ChooseWhereTestsRun(bool isOpen, TestIsolation? isolation, Type expected) =>
        Assert.IsType(expected, Of(isOpen, isolation));

    [Fact]
    public void Of_ProcessesOnAnOpenSwarm_KeepTestsFromReadingTheDronesMemory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux may a user's processes read each other's memory unasked.");
        try
        {
            OwnMemory.IsReadable = true;
            Of(isOpen: false, TestIsolation.Process);
            Assert.True(OwnMemory.IsReadable);

            Of(isOpen: true, isolation: null);
            Assert.False(OwnMemory.IsReadable);
        }
        finally
        {
            OwnMemory.IsReadable = true;
        }
    }

    private static ITestWorkerFactory Of(bool isOpen, TestIsolation? isolation) => DroneWorkers.Of(
        new OrcaDroneOptions { Isolation = isolation },
        isOpen,
        new PackageOptions { ConfigurationRoot = Path.GetTempPath(), CacheFolder = Path.GetTempPath() },
        TimeProvider.System,
        NullLoggerFactory.Instance);
}
