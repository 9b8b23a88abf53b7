using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orca.Hosting;
using Orca.TestKit;

namespace Orca.Tests.Runs;

/// <summary>One run as a user's host has it: <c>AddOrcaSwarm</c> and <c>RunOrcaAsync</c>.</summary>
/// <param name="Result">What the run came to.</param>
/// <param name="Console">What it wrote to standard output and standard error.</param>
/// <param name="Log">What it logged.</param>
internal sealed record HostedRun(OrcaRunResult Result, string Console, RunLog Log)
{
    public static async Task<HostedRun> RunAsync(Workshop shop, Action<OrcaSwarmOptions> configure)
    {
        var log = new RunLog();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [], ContentRootPath = shop.Folder, DisableDefaults = true });
        builder.Logging.AddProvider(log);
        builder.AddOrcaSwarm(options =>
        {
            options.NuGetConfigRoot = shop.Folder;
            options.Feeds.Add(shop.Feed);
            options.Cache = shop.Cache;
            options.Out = Path.Combine(shop.Folder, "reports");
            configure(options);
        });
        var before = TestContext.Current.TestOutputHelper!.Output.Length;
        var result = await builder.Build().RunOrcaAsync(TestContext.Current.CancellationToken);
        return new(result, TestContext.Current.TestOutputHelper.Output[before..], log);
    }
}
