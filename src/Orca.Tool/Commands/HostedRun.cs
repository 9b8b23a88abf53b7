using Microsoft.Extensions.Hosting;
using Orca.Hosting;
using Orca.Results;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary>A host that is run to its end, and what it came to.</summary>
internal static class HostedRun
{
    public static async Task<int> EndAsync(IHost host, Say say, CancellationToken ct)
    {
        var result = await host.RunOrcaAsync(ct).ConfigureAwait(false);
        if (say.Json && result.Report is { } report)
        {
            say.Text(RunReportJson.Write(report));
        }
        else
        {
            say.ProblemsAsJson(result.Problems, result.ExitCode);
        }

        return result.ExitCode;
    }
}
