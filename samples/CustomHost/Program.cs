using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orca;
using Orca.Hosting;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
switch (builder.Configuration["Role"])
{
    case "leader":
        builder.AddOrcaLeader().UseRedis();
        break;
    case "drone":
        builder.AddOrcaDrone().UseRedis();
        break;
    case var other:
        await Console.Error.WriteLineAsync($"Role is '{other}'; it must be leader or drone.");
        return ExitCode.BadInput;
}

return (await builder.Build().RunOrcaAsync()).ExitCode;
