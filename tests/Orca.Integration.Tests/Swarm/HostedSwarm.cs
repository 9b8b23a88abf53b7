using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orca.Hosting;
using Orca.Results;
using Orca.TestKit;
using Orca.TestKit.Servers;
using Orca.Tests.Runs;

namespace Orca.Tests.Swarm;

/// <summary>Hosts of this process that meet on a real server, or in memory where there is none: a leader for each run, drones beside it.</summary>
internal sealed class HostedSwarm(Workshop shop, RedisServer? server, string tenant = "")
{
    public RunLog Log { get; } = new();

    public string Reports => Path.Combine(shop.Folder, "reports" + tenant);

    /// <summary>A host with drones that run tests in this process.</summary>
    public IHost Drones(int count, string name = "drone", Action<HostApplicationBuilder>? more = null)
    {
        var builder = Builder();
        builder.AddOrcaDrone(options =>
        {
            Place(options);
            (options.Name, options.Drones, options.Isolation) = (name, count, TestIsolation.InProcess);
            options.Cache = Path.Combine(shop.Folder, "drones" + tenant);
            options.AllowedPackages.Add("*");
        }).UseRedis(redis =>
        {
            redis.Endpoints.Add(server!.Endpoint);
            redis.Tenant = tenant;
        });
        more?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>A host that leads one run.</summary>
    public IHost Leader(string plan, string? runId = null, Action<HostApplicationBuilder>? more = null)
    {
        var builder = Builder();
        builder.AddOrcaLeader(options => Lead(options, plan, runId)).UseRedis(redis =>
        {
            redis.Endpoints.Add(server!.Endpoint);
            redis.Tenant = tenant;
        });
        more?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>A host that leads one run on its own drones, in memory.</summary>
    public IHost Alone(string plan, int drones)
    {
        var builder = Builder();
        builder.AddOrcaSwarm(options =>
        {
            Lead(options, plan, null);
            options.Drones = drones;
        });
        return builder.Build();
    }

    public RunReport Report() => Workshop.Good(RunReportJson.Read(File.ReadAllText(Assert.Single(Directory.GetFiles(Reports, "report.json", SearchOption.AllDirectories)))));

    private HostApplicationBuilder Builder()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [], ContentRootPath = shop.Folder, DisableDefaults = true });
        builder.Logging.AddProvider(Log);
        return builder;
    }

    private void Lead(OrcaLeaderOptions options, string plan, string? runId)
    {
        Place(options);
        (options.Plan, options.RunId, options.Out, options.Quiet, options.Cache) = (Path.Combine(shop.Folder, $"plan{tenant}.json"), runId, Reports, true, shop.Cache);
        File.WriteAllText(options.Plan, plan);
    }

    private void Place(OrcaMemberOptions options)
    {
        options.NuGetConfigRoot = shop.Folder;
        options.Feeds.Add(shop.Feed);
    }
}
