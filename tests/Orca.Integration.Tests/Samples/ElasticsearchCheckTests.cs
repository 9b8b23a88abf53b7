using System.Diagnostics;
using Orca.TestKit;
using Orca.TestKit.Elasticsearch;
using Orca.Tests.Runs;

namespace Orca.Tests.Samples;

/// <summary>The check against a real Elasticsearch and Kibana, held against the stand-ins: it agrees with a sound store, and names what an unsound one lacks.</summary>
[Collection(MachineAlone.Name)]
public sealed class ElasticsearchCheckTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_SoundStore_AgreesInEverything()
    {
        LongTest.Require();
        await MachineFeed.RequireAsync();
        await using var server = await ElasticsearchServer.StartAsync(new() { Authorization = "ApiKey aWQ6a2V5" });
        await using var kibana = await KibanaServer.StartAsync();

        var (exitCode, output, error) = await StartAsync("--url", server.Url, "--api-key", "id:key", "--kibana", kibana.Url, "--for", "3s");

        Assert.True(exitCode == ExitCode.Passed, output + error);
        Assert.Matches(@"All \d\d+ comparisons agree\.", output);
        Assert.Equal(6, kibana.Objects.Count);
    }

    [Fact]
    public async Task Check_StoreThatRefusesSomeDocuments_EndsWithWhatDiffers()
    {
        LongTest.Require();
        await MachineFeed.RequireAsync();
        await using var server = await ElasticsearchServer.StartAsync();
        server.Fault = _ => new() { Item = id => id.Contains("-A", StringComparison.Ordinal) ? (400, "document_parsing_exception") : null };

        var (exitCode, output, error) = await StartAsync("--url", server.Url, "--for", "3s");

        Assert.True(exitCode == ExitCode.Failed, output + error);
        Assert.Matches(@"\d+ of \d+ comparisons differ:", output);
    }

    [Fact]
    public async Task Check_BadOptions_SaysSoAndEndsWith2()
    {
        var (exitCode, _, error) = await StartAsync("--url", "nowhere");

        Assert.Equal(ExitCode.BadInput, exitCode);
        Assert.Contains("Orca:Elasticsearch:Url has 'nowhere', which is no http or https address.", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> StartAsync(params string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        using var check = Process.Start(new ProcessStartInfo("dotnet", [Repository.PathOf("samples", "ElasticsearchCheck", "bin", configuration, "net10.0", "ElasticsearchCheck.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (check.StandardOutput.ReadToEndAsync(Ct), check.StandardError.ReadToEndAsync(Ct));
        await check.WaitForExitAsync(Ct);
        return (check.ExitCode, await output, await error);
    }
}
