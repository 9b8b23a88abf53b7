using Microsoft.Extensions.Hosting;
using Orca.Hosting;

namespace Orca.Tests.Hosting;

/// <summary>The README's code, compiled.</summary>
internal static class Snippets
{
    public static async Task RunOnceAsync(CancellationToken ct)
    {
        var result = await LoadTestHost.RunOnceAsync<VisitLoadTest>(options =>
        {
            options.Target = new("http://localhost:5000/");
            options.Parameters["greeting"] = "Hello";
            options.Secrets["login:password"] = "only here";
            options.Iterations = 3;
        }, ct);

        result.EnsurePassed();
        Assert.Equal(3, result.Step("home").Ok);
    }

    public static async Task<int> RunSwarmAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddOrcaSwarm(swarm =>
        {
            swarm.Package = "Acme.Shop.LoadTests";
            swarm.Drones = 3;
            swarm.Set["target"] = "http://localhost:5000/";
        });
        var result = await builder.Build().RunOrcaAsync();
        return result.ExitCode;
    }

    public static async Task<int> RunDroneAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddOrcaDrone(drone => drone.AllowedPackages.Add("Acme.*")).UseRedis();
        return (await builder.Build().RunOrcaAsync()).ExitCode;
    }

    public static async Task<int> RunLeaderAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.AddOrcaLeader(leader => leader.Package = "Acme.Shop.LoadTests").UseRedis(redis => redis.Endpoints.Add("redis.example:6379"));
        return (await builder.Build().RunOrcaAsync()).ExitCode;
    }
}
