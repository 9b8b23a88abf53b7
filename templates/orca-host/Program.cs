using Orca;
using Orca.Hosting;

var builder = WebApplication.CreateBuilder(args);

// One program, two roles: Role=leader runs one plan and ends with its exit code, Role=drone waits for runs until it is stopped.
switch (builder.Configuration["Role"])
{
    case "leader":
        builder.AddOrcaLeader().UseRedis();
        break;
    case "drone":
        builder.AddOrcaDrone().UseRedis();
        break;
    case var role:
        await Console.Error.WriteLineAsync($"Role is '{role}'. Set it to leader or drone: in appsettings.json, as the environment variable Role, or as --Role=drone.");
        return ExitCode.BadInput;
}

var app = builder.Build();
app.MapHealthChecks("/health/live", new() { Predicate = check => check.Tags.Contains("live") });
app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") });
var result = await app.RunOrcaAsync();
return result.ExitCode;
