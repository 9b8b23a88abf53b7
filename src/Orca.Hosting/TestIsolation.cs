namespace Orca.Hosting;

/// <summary>Where drones run tests.</summary>
public enum TestIsolation
{
    /// <summary>Each in a process of its own: what a test breaks costs one run, and its end frees all that the test has taken.</summary>
    Process,

    /// <summary>In the drone's own process: for debugging, and for hosts that are a single file. A crash there is the drone's.</summary>
    InProcess,
}
