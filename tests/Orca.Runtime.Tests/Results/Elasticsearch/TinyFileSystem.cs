using System.ComponentModel;
using System.Diagnostics;
using Orca.TestKit;

namespace Orca.Tests.Results.Elasticsearch;

/// <summary>A file system of a mebibyte in memory, mounted for one test.</summary>
internal sealed class TinyFileSystem : IDisposable
{
    public const int Bytes = 1 << 20;

    private readonly TempFolder _folder = new();

    private TinyFileSystem()
    {
    }

    public string Path => _folder.Path;

    private string Ballast => _folder.At("ballast");

    /// <summary>Mounts one; skips the test where that is not possible.</summary>
    public static TinyFileSystem Mount()
    {
        var made = new TinyFileSystem();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={Bytes}", "orca-test", made.Path) is { } failure)
        {
            made._folder.Dispose();
            Assert.Skip($"A file system that is full needs the right to mount one: {failure}");
        }

        return made;
    }

    /// <summary>Leaves room for so many bytes, or a little less.</summary>
    public void FillUpTo(int room)
    {
        var block = new byte[4096];
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        while (new DriveInfo(Path).AvailableFreeSpace > room)
        {
            file.Write(block);
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void Dispose()
    {
        var failure = Run("umount", Path);
        _folder.Dispose();
        Assert.Null(failure);
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (Win32Exception error)
        {
            return error.Message;
        }
    }
}
