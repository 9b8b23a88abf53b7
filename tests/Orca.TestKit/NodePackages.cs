using System.Diagnostics;
using Xunit;

namespace Orca.TestKit;

/// <summary>Packages from npm in a folder of a test's own, and Node.js to run scripts that use them.</summary>
public static class NodePackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Installs a package; skips the test where there is no npm or it cannot install, and fails it in CI.</summary>
    public static async Task InstallAsync(TempFolder folder, string package)
    {
        var (code, output) = await RunAsync("npm", folder, "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent", package);
        if (code != 0)
        {
            Continuous.SkipOrFail($"npm could not install {package}: {output}");
        }
    }

    /// <summary>Runs a script in the folder and returns what it wrote.</summary>
    public static async Task<string> RunAsync(TempFolder folder, string script, params string[] arguments)
    {
        var (code, output) = await RunAsync("node", folder, [folder.Write("script.js", script), .. arguments]);
        Assert.True(code == 0, output);
        return output;
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, TempFolder folder, params string[] arguments)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, $"{program} could not be started: {e.Message}");
        }

        using (process)
        {
            using var limit = new CancellationTokenSource(Patience);
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            try
            {
                await process.WaitForExitAsync(limit.Token);
                return (process.ExitCode, await output + await errors);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return (-1, $"{program} had not ended after {Patience}.");
            }
        }
    }
}
