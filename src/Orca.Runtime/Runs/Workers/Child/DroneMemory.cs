using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orca.Runs.Workers.Child;

/// <summary>Keeps what the drone has in its environment and memory from the processes of its tests, which run as the same user.</summary>
internal static partial class DroneMemory
{
    private const int SetDumpable = 4;

    /// <summary>
    /// On Linux a user's processes may read each other's memory and <c>/proc/…/environ</c>; from now on not this one's. It cannot be
    /// dumped either then, nor a debugger attached, so that whoever has asked for dumps or debugs already is left alone.
    /// </summary>
    public static void Protect()
    {
        if (OperatingSystem.IsLinux() && !Debugger.IsAttached && Environment.GetEnvironmentVariable("DOTNET_DbgEnableMiniDump") != "1")
        {
            _ = ProcessControl(SetDumpable, 0, 0, 0, 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nuint value, nuint unused1, nuint unused2, nuint unused3);
}
