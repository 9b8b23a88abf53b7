using System.IO.Pipes;
using System.Runtime.InteropServices;
using Orca.Execution;

namespace Orca.Runs.Workers.Child;

/// <summary>The process of a test, from the inside. Called by Orca.Worker, by its name.</summary>
internal static partial class ChildProgram
{
    /// <summary>Serves the drone at the other end of two pipes until it says that it is over.</summary>
    /// <param name="args">The handles to read from and to write to.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var reads, var writes])
        {
            await Console.Error.WriteLineAsync("Orca.Worker is started by an Orca drone, with two pipe handles.");
            return 2;
        }

        ProcessGroup.Lead();

        // Who prepares the run joins it.
        _ = Rehearsal.Begin();
        await using var input = new AnonymousPipeClientStream(PipeDirection.In, reads);
        await using var output = new AnonymousPipeClientStream(PipeDirection.Out, writes);
        KeepFromGrandchildren(input.SafePipeHandle);
        KeepFromGrandchildren(output.SafePipeHandle);
        await using var session = new ChildSession(output);

        // A thread of its own: a test that holds every thread of the pool must not keep the drone's word from getting through.
        new Thread(() => session.Listen(input)) { IsBackground = true, Name = "Orca control" }.Start();
        await session.Over;

        // Threads that a test has left running would keep the process alive.
        Environment.Exit(0);
        return 0;
    }

    // What a test starts would hold the pipes open past the end of this process.
    private static void KeepFromGrandchildren(SafeHandle handle)
    {
        if (OperatingSystem.IsWindows())
        {
            SetHandleInformation(handle, HandleFlagInherit, 0);
        }
        else
        {
            _ = IoControl(handle, OperatingSystem.IsMacOS() ? CloseOnExecMacOS : CloseOnExecLinux);
        }
    }

    private const uint HandleFlagInherit = 1;
    private const nuint CloseOnExecLinux = 0x5451;
    private const nuint CloseOnExecMacOS = 0x20006601;

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetHandleInformation(SafeHandle handle, uint mask, uint flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoControl(SafeHandle descriptor, nuint request);
}
