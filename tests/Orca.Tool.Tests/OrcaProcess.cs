using System.Diagnostics;
using Orca.TestKit;

namespace Orca.Tests.Tool;

/// <summary>The <c>orca</c> command in a process of its own, as a shell starts it.</summary>
internal sealed record OrcaProcess(int ExitCode, string Output, string Error)
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly string Program = Repository.PathOf("src", "Orca.Tool", "bin", Configuration, "net10.0", "Orca.Tool.dll");

    public static async Task<OrcaProcess> RunAsync(string folder, params string[] arguments)
    {
        var ct = TestContext.Current.CancellationToken;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1" },
        })!;
        process.StandardInput.Close();
        try
        {
            var error = process.StandardError.ReadToEndAsync(ct);
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new(process.ExitCode, output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
