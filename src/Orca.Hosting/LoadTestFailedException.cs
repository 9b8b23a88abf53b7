namespace Orca.Hosting;

/// <summary>A load test that ran once in this process did not pass; the message says all that is known.</summary>
public sealed class LoadTestFailedException : Exception
{
    internal LoadTestFailedException(RunOnceResult result)
        : base(result.ToString()) => Result = result;

    /// <summary>Gets what the test came to.</summary>
    public RunOnceResult Result { get; }
}
