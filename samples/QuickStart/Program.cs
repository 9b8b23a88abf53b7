using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orca;
using Orca.Hosting;
using Orca.Samples.QuickStart;

if (!QuickStartOptions.TryParse(args, out var options, out var exitCode))
{
    return exitCode;
}

// 1. The test package: packed into the local feed, unless another one was named.
var package = options.Package;
var version = options.Version;
if (package is null && options.Plan is null)
{
    Console.WriteLine($"Packing {SamplePackage.Id} into {Repository.Relative(Repository.Feed)} …");
    (package, version) = (SamplePackage.Id, SamplePackage.NewVersion());
    if (await SamplePackage.PackAsync(version) is { } failure)
    {
        await Console.Error.WriteLineAsync(failure);
        return ExitCode.BadInput;
    }
}

// 2. The target: a process of its own on free loopback ports.
await using var target = await TargetProcess.StartAsync();
Console.WriteLine($"The target listens at {target.Http} (HTTP) and {target.Echo} (TCP echo).");

// 3. A leader and its drones, each of which installs the package for itself.
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [], ContentRootPath = AppContext.BaseDirectory });
builder.Logging.SetMinimumLevel(options.Verbose ? LogLevel.Information : LogLevel.Warning);
builder.AddOrcaSwarm(swarm =>
{
    swarm.Drones = options.Drones;
    swarm.Package = package;
    swarm.Version = version;
    swarm.Plan = options.Plan;
    swarm.Out = options.Out ?? Path.Combine(Repository.Root, "artifacts", "reports");
    swarm.NuGetConfigRoot = Repository.Root;
    swarm.Cache = Path.Combine(Repository.Root, "artifacts", "quickstart");
    swarm.SeparateCaches = true;
    swarm.KillDrone = options.KillDrone;
    swarm.KillDroneAt = options.KillAt;
    swarm.Set["target"] = target.Http.ToString();
    swarm.Set["parameters.echo"] = target.Echo;
    swarm.Set["quorum"] = $"{options.Drones}";
    options.AddTo(swarm.Set);
});
var result = await builder.Build().RunOrcaAsync();

// 4. The target kept a log of its own: it must agree with the report.
if (result.Report is not { } report || package != SamplePackage.Id)
{
    return result.ExitCode;
}

var check = TargetLogCheck.Compare(report, await target.ReadLogAsync());
Console.WriteLine(check.Text);
return check.IsRight ? result.ExitCode : ExitCode.Invalid;
