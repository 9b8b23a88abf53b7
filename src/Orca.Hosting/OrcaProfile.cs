namespace Orca.Hosting;

/// <summary>How a process that makes load is tuned.</summary>
public enum OrcaProfile
{
    /// <summary>As .NET is: a test may do what it likes.</summary>
    Usual,

    /// <summary>For the most requests from a processor: tests go on where their answers come in, and idle threads do not spin. A test must then never block; one that does is found out, told of once, and run as usual.</summary>
    Performance,
}
