namespace Orca.Runs.Workers;

/// <summary>Makes a worker for each run.</summary>
internal interface ITestWorkerFactory
{
    ITestWorker Create();
}
