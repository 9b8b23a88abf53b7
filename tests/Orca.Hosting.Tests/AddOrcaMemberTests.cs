using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orca.Hosting;
using Orca.Hosting.Drones;
using Orca.Hosting.Leaders;
using Orca.Hosting.Media;
using Orca.Swarm.Redis;

namespace Orca.Tests.Hosting;

/// <summary>Leader and drones in hosts of their own, as far as no server is needed.</summary>
public sealed class AddOrcaMemberTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Orca:Redis:Endpoints:0", "localhost:x", "Orca:Redis:Endpoints has 'localhost:x'; write host:port")]
    [InlineData("Orca:Redis:Endpoints:0", "redis://localhost", "Orca:Redis:Endpoints has 'redis://localhost'")]
    [InlineData("Orca:Redis:Database", "-1", "Orca:Redis:Database is -1")]
    [InlineData("Orca:Redis:Tenant", "No Such", "Orca:Redis:Tenant is 'No Such'. Use 1 to 40")]
    [InlineData("Orca:Redis:ConnectTimeout", "00:02:00", "Orca:Redis:ConnectTimeout is 00:02:00; it must be 100 ms to 1 min.")]
    [InlineData("Orca:Redis:Timeout", "soon", "Failed to convert configuration value 'soon' at 'Orca:Redis:Timeout'")]
    [InlineData("Orca:Redis:TlsHost", "redis.example", "Orca:Redis:TlsAuthority and TlsHost are for TLS")]
    [InlineData("Orca:Redis:User", "ann", "Orca:Redis:User is 'ann', but ACL users need StackExchange.Redis 2 or newer")]
    [InlineData("Orca:Name", "a/b", "Orca:Name is 'a/b'; use 1 to 60 letters")]
    [InlineData("Orca:AllowedPackages:0", "", "Orca:AllowedPackages is empty: name the packages")]
    [InlineData("Orca:PassedVariables:0", " ", "Orca:PassedVariables has an empty entry: write names of environment variables")]
    [InlineData("Orca:AllowedTargets:0", " ", "Orca:AllowedTargets has an empty entry: write hosts")]
    [InlineData("Orca:MemoryLimit", "1024", "Orca:MemoryLimit is 1024; it is a number of bytes, 16777216 at least.")]
    public async Task RunOrcaAsync_DroneWithBadConfiguration_IsBadInputWithOneClearLine(string key, string value, string expected)
    {
        var builder = Builder(("Orca:Redis:Endpoints:0", "localhost:1"), ("Orca:AllowedPackages:0", "Acme.*"), (key, value));
        builder.AddOrcaDrone().UseRedis();

        var result = await builder.Build().RunOrcaAsync(Ct);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith(expected, Assert.Single(result.Problems).ToString());
    }

    [Theory]
    [InlineData("Orca:Package", "", "There is nothing to run")]
    [InlineData("Orca:Mode", "Resume", "Orca:Mode is Resume, but Orca:RunId is not set")]
    [InlineData("Orca:RunId", "A b", "Orca:RunId is 'A b'; use 1 to 60")]
    public async Task RunOrcaAsync_LeaderWithBadConfiguration_IsBadInputWithOneClearLine(string key, string value, string expected)
    {
        var builder = Builder(("Orca:Redis:Endpoints:0", "localhost:1"), ("Orca:Package", "Acme.Tests"), (key, value));
        builder.AddOrcaLeader().UseRedis();

        var result = await builder.Build().RunOrcaAsync(Ct);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith(expected, Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public async Task RunOrcaAsync_WithoutAMedium_SaysHowToChooseOne()
    {
        var leader = Builder(("Orca:Package", "Acme.Tests"));
        leader.AddOrcaLeader();
        var drone = Builder();
        drone.AddOrcaDrone();

        foreach (var host in (IHost[])[leader.Build(), drone.Build()])
        {
            var result = await host.RunOrcaAsync(Ct);

            Assert.Equal(ExitCode.BadInput, result.ExitCode);
            Assert.Contains("UseRedis()", Assert.Single(result.Problems).ToString());
        }
    }

    [Fact]
    public void AddOrca_EachTwice_RegistersEverythingOnce()
    {
        var builder = Builder(("Orca:Redis:Endpoints:0", "localhost:1"), ("Orca:AllowedPackages:0", "Acme.*"), ("Orca:Feeds:0", "/feed"), ("Orca:Package", "Acme.Tests"));
        for (var time = 0; time < 2; time++)
        {
            builder.AddOrcaLeader().UseRedis();
            builder.AddOrcaDrone().UseRedis(redis => redis.Tenant = "team-a");
        }

        Assert.Single(builder.Services, service => service.ImplementationType == typeof(LeaderService));
        Assert.Single(builder.Services, service => service.ImplementationType == typeof(DroneService));
        Assert.Single(builder.Services, service => service.ServiceType == typeof(ISwarmConnector));
        var services = builder.Services.BuildServiceProvider();
        Assert.Equal(["localhost:1"], services.GetRequiredService<IOptions<RedisOptions>>().Value.Endpoints);
        Assert.Equal("team-a", services.GetRequiredService<IOptions<RedisOptions>>().Value.Tenant);
        Assert.Equal(["Acme.*"], services.GetRequiredService<IOptions<OrcaDroneOptions>>().Value.AllowedPackages);
        Assert.Equal(["/feed"], services.GetRequiredService<IOptions<OrcaLeaderOptions>>().Value.Feeds);
        Assert.Equal(["orca-live", "orca-ready"], services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(check => check.Name).Order());
    }

    [Fact]
    public void Use_SeveralMedia_TheLastOneCounts()
    {
        var builder = Builder(("Orca:Redis:Endpoints:0", "localhost:1"));
        builder.AddOrcaDrone().UseRedis().UseInMemory();

        Assert.False(builder.Services.BuildServiceProvider().GetRequiredService<ISwarmConnector>().IsOpen);
    }

    [Fact]
    public async Task RunOrcaAsync_DronesOnly_HavePassedWhenTheyAreStopped()
    {
        var builder = Builder(("Orca:Drones", "3"));
        builder.AddOrcaDrone().UseInMemory();
        var host = builder.Build();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var running = host.RunOrcaAsync(Ct);
        await Reached(lifetime.ApplicationStarted);

        var report = await health.CheckHealthAsync(Ct);
        lifetime.StopApplication();
        var result = await running;

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Empty(result.Problems);
    }

    private static async Task Reached(CancellationToken moment)
    {
        var reached = new TaskCompletionSource();
        await using var registration = moment.Register(reached.SetResult);
        await reached.Task.WaitAsync(Ct);
    }

    private static HostApplicationBuilder Builder(params (string Key, string? Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        foreach (var (key, value) in configuration)
        {
            builder.Configuration.AddInMemoryCollection([new(key, value)]);
        }

        return builder;
    }
}
