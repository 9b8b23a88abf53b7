using System.ComponentModel;
using System.Diagnostics;
using Orca.TestKit;

namespace Orca.Tests.House;

/// <summary>The units of <c>samples/systemd</c>, read by systemd itself.</summary>
public sealed class SystemdTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("user")]
    public async Task Units_OfTheSample_AreClean(string below)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("samples", "systemd", below)).Where(file => Path.GetExtension(file) is ".service" or ".timer"))
        {
            // A template is read as one of its instances; the command is one that every machine has.
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            _folder.Write(Path.GetFileName(file).Replace("@.", "@1.", StringComparison.Ordinal), text.Replace("/opt/orca/orca ", "/bin/true ", StringComparison.Ordinal));
        }

        var (exitCode, said) = await VerifyAsync(below == "user", Directory.GetFiles(_folder.Path));

        Assert.Equal((0, ""), (exitCode, said));
    }

    private async Task<(int ExitCode, string Said)> VerifyAsync(bool user, IEnumerable<string> units)
    {
        var start = new ProcessStartInfo("systemd-analyze", [.. user ? (string[])["--user"] : [], "verify", "--man=no", .. units])
        {
            RedirectStandardError = true,
            Environment = { ["XDG_RUNTIME_DIR"] = _folder.Path },
        };
        try
        {
            using var process = Process.Start(start)!;
            var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, said);
        }
        catch (Win32Exception e) when (!Continuous.Integration)
        {
            Assert.Skip($"There is no systemd-analyze here: {e.Message}");
            throw;
        }
    }
}
