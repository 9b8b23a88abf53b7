using Microsoft.Extensions.Logging;
using Orca.Execution;
using Orca.Packages;
using Orca.Runs.Workers;
using Orca.Runs.Workers.Child;

namespace Orca.Hosting.Drones;

/// <summary>Chooses where a drone runs tests.</summary>
internal static class DroneWorkers
{
    /// <param name="options">The drone's options.</param>
    /// <param name="isOpen">Whether others than this process can reach its swarm.</param>
    /// <param name="packages">Where it takes packages from.</param>
    /// <param name="clock">The time.</param>
    /// <param name="loggers">Where tests log to.</param>
    public static ITestWorkerFactory Of(OrcaDroneOptions options, bool isOpen, PackageOptions packages, TimeProvider clock, ILoggerFactory loggers)
    {
        var isolation = options.Isolation ?? (isOpen ? TestIsolation.Process : TestIsolation.InProcess);
        if (isolation == TestIsolation.Process)
        {
            if (ChildHost.Find().TryGet(out var host, out var unable))
            {
                if (isOpen)
                {
                    DroneMemory.Protect();
                }

                return new ProcessWorkerFactory(new ProcessWorkerOptions
                {
                    Host = host,
                    Packages = packages,
                    Secrets = options.Secrets.AsReadOnly(),
                    MemoryLimit = options.MemoryLimit,
                    Environment = new([.. options.PassedVariables]),
                    Clock = clock,
                    Loggers = loggers,
                });
            }

            HostingLog.NotIsolated(loggers.CreateLogger(typeof(DroneWorkers)), unable[0]);
        }

        var inProcess = new InProcessWorkerOptions
        {
            Packages = packages,
            Secrets = options.Secrets.AsReadOnly(),
            Clock = clock,
            Loggers = loggers,
        };
        if (inProcess.Rehearses)
        {
            // While the drone waits for a run, or its leader still prepares one. Who prepares the run here joins it.
            _ = Rehearsal.Begin();
        }

        return new InProcessWorkerFactory(inProcess);
    }
}
