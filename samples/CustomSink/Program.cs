using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orca.Hosting;
using Orca.Samples.CustomSink;

// dotnet run --project samples/CustomSink -- --Orca:Package=Orca.Samples.EchoTest --Statsd:Port=8125
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddOptions<StatsdOptions>().BindConfiguration("Statsd");

// One registration: the sink gets what the console and the files get.
builder.AddOrcaSwarm().AddSink<StatsdSink>();
var result = await builder.Build().RunOrcaAsync();
return result.ExitCode;
