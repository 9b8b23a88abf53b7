using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orca.Hosting;
using Orca.Hosting.Drones;
using Orca.Hosting.Leaders;
using Orca.Results;

namespace Orca.Tests.Hosting;

public sealed class AddOrcaSwarmTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Orca:Drones", "0", "Orca:Drones is 0; it must be 1 to 100.")]
    [InlineData("Orca:Drones", "101", "Orca:Drones is 101; it must be 1 to 100.")]
    [InlineData("Orca:Drones", "many", "Failed to convert configuration value 'many' at 'Orca:Drones'")]
    [InlineData("Orca:Quiet", "perhaps", "Failed to convert configuration value 'perhaps' at 'Orca:Quiet'")]
    [InlineData("Orca:Swarm", "No Such", "Orca:Swarm is 'No Such'. Use 1 to 40 of a-z, 0-9 and '-'.")]
    [InlineData("Orca:Swarm", "", "Orca:Swarm is ''. Use 1 to 40")]
    [InlineData("Orca:Package", "", "There is nothing to run: set Orca:Package to a test package's id, or Orca:Plan to a plan file.")]
    [InlineData("Orca:Out", "", "Orca:Out is empty")]
    [InlineData("Orca:NuGetConfigRoot", "/no/such/folder", "Orca:NuGetConfigRoot is '/no/such/folder', where there is no folder")]
    public async Task RunOrcaAsync_BadConfiguration_IsBadInputWithOneClearLine(string key, string value, string expected)
    {
        var builder = Builder(("Orca:Package", "Acme.Tests"), (key, value));
        builder.AddOrcaSwarm();

        var result = await builder.Build().RunOrcaAsync(Ct);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Null(result.Report);
        Assert.StartsWith(expected, Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public async Task RunOrcaAsync_SeveralBadOptionsInCode_TellsAll()
    {
        var builder = Builder();
        builder.AddOrcaSwarm(options => (options.Drones, options.Plan, options.Version) = (-1, "plan.json", "1.0.0"));

        var result = await builder.Build().RunOrcaAsync(Ct);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Equal(
            ["Orca:Drones is -1; it must be 1 to 100.", "Orca:Version is '1.0.0', but Orca:Package is not set: set both, or write package@version in the plan."],
            result.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public async Task RunOrcaAsync_BadOptions_DisposesTheHostAndStartsNothing()
    {
        var builder = Builder();
        var service = new OtherService();
        builder.Services.AddSingleton<IHostedService>(_ => service);
        builder.AddOrcaSwarm();

        var host = builder.Build();
        await host.RunOrcaAsync(Ct);

        Assert.False(service.Started);
        Assert.Throws<ObjectDisposedException>(() => host.Services.GetService<OrcaRun>());
    }

    [Fact]
    public async Task StartAsync_BadOptions_FailsTheHost()
    {
        var builder = Builder(("Orca:Drones", "0"));
        builder.AddOrcaSwarm();
        using var host = builder.Build();

        var thrown = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        Assert.Contains("Orca:Drones is 0", thrown.Message);
    }

    [Fact]
    public void Options_FromConfiguration_AreAllBound()
    {
        var builder = Builder(
            ("Orca:Swarm", "team-a"),
            ("Orca:Drones", "3"),
            ("Orca:Package", "Acme.Tests"),
            ("Orca:Version", "1.*"),
            ("Orca:Quiet", "true"),
            ("Orca:Feeds:0", "/feeds/a"),
            ("Orca:Feeds:1", "/feeds/b"),
            ("Orca:Set:scenarios.browse.load[0].for", "10s"),
            ("Orca:Secrets:shop-login", "s3cret"));
        builder.AddOrcaSwarm(options => options.Set["target"] = "https://localhost/");

        var options = builder.Services.BuildServiceProvider().GetRequiredService<IOptions<OrcaSwarmOptions>>().Value;

        Assert.Equal(("team-a", 3, "Acme.Tests", "1.*", true), (options.Swarm, options.Drones, options.Package, options.Version, options.Quiet));
        Assert.Equal(["/feeds/a", "/feeds/b"], options.Feeds);
        Assert.Equal(["scenarios.browse.load[0].for=10s", "target=https://localhost/"], options.Set.Select(set => $"{set.Key}={set.Value}").Order());
        Assert.Equal("s3cret", options.Secrets["Shop-Login"]);
    }

    [Fact]
    public void AddOrcaSwarm_Twice_RegistersOneServiceAndKeepsBothOptions()
    {
        var builder = Builder();
        builder.AddOrcaSwarm(options => options.Package = "Acme.Tests");
        var registered = builder.Services.Count;
        builder.AddOrcaSwarm(options => options.Drones = 5);

        Assert.Single(builder.Services, service => service.ImplementationType == typeof(LeaderService));
        Assert.Single(builder.Services, service => service.ImplementationType == typeof(DroneService));
        Assert.Single(builder.Services, service => service.ServiceType == typeof(OrcaRun));
        Assert.Equal(registered + 1, builder.Services.Count);
        var options = builder.Services.BuildServiceProvider().GetRequiredService<IOptions<OrcaSwarmOptions>>().Value;
        Assert.Equal(("Acme.Tests", 5), (options.Package, options.Drones));
    }

    [Fact]
    public void AddSink_Twice_AddsOne()
    {
        var builder = Builder();
        builder.AddOrcaSwarm().AddSink<SilentSink>().AddSink<SilentSink>();

        Assert.IsType<SilentSink>(Assert.Single(builder.Services.BuildServiceProvider().GetServices<IRunSink>()));
    }

    [Fact]
    public void AddOrcaSwarm_ShutdownTimeout_IsRaisedAndNeverLowered()
    {
        TimeSpan TimeoutWith(TimeSpan configured)
        {
            var builder = Builder();
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = configured);
            builder.AddOrcaSwarm();
            return builder.Services.BuildServiceProvider().GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        }

        Assert.Equal(TimeSpan.FromMinutes(5), TimeoutWith(TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromHours(1), TimeoutWith(TimeSpan.FromHours(1)));
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

    private sealed class SilentSink : IRunSink
    {
        public string Name => "silent";
    }

    private sealed class OtherService : IHostedService
    {
        public bool Started { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Started = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
