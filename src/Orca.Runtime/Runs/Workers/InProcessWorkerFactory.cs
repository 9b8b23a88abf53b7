namespace Orca.Runs.Workers;

/// <summary>Runs tests in the drone's own process.</summary>
internal sealed class InProcessWorkerFactory(InProcessWorkerOptions options) : ITestWorkerFactory
{
    public ITestWorker Create() => new InProcessWorker(options);
}
