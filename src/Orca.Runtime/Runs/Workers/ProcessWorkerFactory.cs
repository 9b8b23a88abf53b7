namespace Orca.Runs.Workers;

/// <summary>Runs each test in a process of its own.</summary>
internal sealed class ProcessWorkerFactory(ProcessWorkerOptions options) : ITestWorkerFactory
{
    public ITestWorker Create() => new ProcessWorker(options);
}
