using System.Diagnostics;
using Xunit;

namespace Orca.TestKit;

/// <summary>A disk of its own at a folder, so small that it is soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts one; skips the test, with the reason, where that is not allowed.</summary>
    public static SmallDisk At(string folder, int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A small disk is mounted as Linux does it.");
        Directory.CreateDirectory(folder);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) is { } fault)
        {
            Assert.Skip($"A small disk cannot be mounted here: {fault}");
        }

        return new SmallDisk(folder);
    }

    public void Resize(int megabytes) => Assert.Null(Run("mount", "-o", $"remount,size={megabytes}m", _folder));

    public void Dispose() => Assert.Null(Run("umount", _folder));

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors.Trim();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
