using System.Runtime.InteropServices;

namespace Orca.TestKit.Servers;

/// <summary>Whether other processes of the same user may read this one's memory, on Linux.</summary>
internal static partial class OwnMemory
{
    private const int GetDumpable = 3;
    private const int SetDumpable = 4;

    public static bool IsReadable
    {
        get => ProcessControl(GetDumpable, 0, 0, 0, 0) == 1;
        set => _ = ProcessControl(SetDumpable, value ? 1u : 0u, 0, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nuint value, nuint unused1, nuint unused2, nuint unused3);
}
