using System.Diagnostics;
using Xunit;

namespace Orca.TestKit;

/// <summary>A disk of its own at a folder, so small that it is soon full.</summary>
internal sealed class MountedDisk : IDisposable
{
    private MountedDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Mounts one; skips the test, with the reason, where that is not allowed.</summary>
    public static MountedDisk At(string folder, int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A small disk is mounted as Linux does it.");
        Directory.CreateDirectory(folder);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) is { } fault)
        {
            Assert.Skip($"A small disk cannot be mounted here: {fault}");
        }

        return new MountedDisk(folder);
    }

    public void Resize(int megabytes) => Assert.Null(Run("mount", "-o", $"remount,size={megabytes}m", Folder));

    /// <summary>Leaves room for so many bytes, or a little less.</summary>
    public void FillUpTo(int room)
    {
        var block = new byte[4096];
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        while (new DriveInfo(Folder).AvailableFreeSpace > room)
        {
            file.Write(block);
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void Dispose() => Assert.Null(Run("umount", Folder));

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
