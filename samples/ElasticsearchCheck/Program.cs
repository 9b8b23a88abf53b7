using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orca;
using Orca.Hosting;
using Orca.Results.Elasticsearch;
using Orca.Samples.ElasticsearchCheck;
using Orca.Samples.QuickStart;

if (CheckOptions.Parse(args, out var exitCode) is not { } options)
{
    return exitCode;
}

if (!ElasticsearchStore.Of(options.Store).TryGet(out var store, out var problems))
{
    return Bad(problems);
}

// 1. Templates, streams and index: made, and made again.
if (!(await store.SetUpAsync(CheckOptions.Namespace, default)).TryGet(out var setUp, out problems))
{
    return Bad(problems);
}

Console.WriteLine($"{setUp.Server}{(setUp.Reduced ? ", reduced: it has no histograms" : "")}: {(setUp.Done.IsEmpty ? "everything is set up." : string.Join(" ", setUp.Done))}");
var differences = new Differences();
if ((await store.SetUpAsync(CheckOptions.Namespace, default)).TryGet(out var again, out problems))
{
    differences.Equal("things to set up the second time", 0, again.Done.Length);
}
else
{
    differences.Add($"setting up again failed: {problems[0]}");
}

// 2. A run of the sample's test, stored while it runs.
var version = SamplePackage.NewVersion();
if (await SamplePackage.PackAsync(version) is { } failure)
{
    await Console.Error.WriteLineAsync(failure);
    return ExitCode.BadInput;
}

await using var target = await TargetProcess.StartAsync();
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = [], ContentRootPath = AppContext.BaseDirectory });
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.AddOrcaSwarm(swarm =>
{
    swarm.Drones = 2;
    (swarm.Package, swarm.Version) = (SamplePackage.Id, version);
    swarm.Out = Path.Combine(Repository.Root, "artifacts", "reports");
    swarm.NuGetConfigRoot = Repository.Root;
    swarm.Cache = Path.Combine(Repository.Root, "artifacts", "quickstart");
    swarm.Quiet = true;
    swarm.Set["target"] = target.Http.ToString();
    swarm.Set["parameters.echo"] = target.Echo;
    swarm.Set["quorum"] = "2";
    swarm.Set["scenarios.shop.load[1].for"] = options.Length;
    swarm.Set["scenarios.echo.load[1].for"] = options.Length;
}).AddElasticsearch(elastic => options.CopyTo(elastic));
var result = await builder.Build().RunOrcaAsync();
if (result.Report is not { } report)
{
    foreach (var problem in result.Problems)
    {
        Console.Error.WriteLine(problem);
    }

    return result.ExitCode;
}

differences.Equal("problems of the run's end", 0, result.Problems.Length);

// 3. What is stored then.
using (var stored = new StoredRun(options.Store, report.RunId))
{
    await stored.CompareAsync(report, setUp.Reduced, differences);
}

// 4. Dashboards, imported over those of the time before.
if (options.Store.Kibana is { Length: > 0 })
{
    for (var time = 1; time <= 2; time++)
    {
        if ((await store.ImportDashboardsAsync(default)).TryGet(out var imported, out problems))
        {
            differences.Equal("objects imported into Kibana", 6, imported.Objects);
            Console.WriteLine(time == 1 ? $"Look at {string.Join(", ", imported.Dashboards)}" : "Imported again over them.");
        }
        else
        {
            differences.Add($"importing into Kibana failed: {problems[0]}");
        }
    }
}

Console.WriteLine(differences.Text);
return differences.Any ? ExitCode.Failed : ExitCode.Passed;

static int Bad(IEnumerable<Problem> problems)
{
    foreach (var problem in problems)
    {
        Console.Error.WriteLine(problem);
    }

    return ExitCode.BadInput;
}
