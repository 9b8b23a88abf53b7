using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orca.Hosting.Media;
using Orca.Runs;
using Orca.Swarm;
using Orca.Tool.Arguments;
using Orca.Tool.Output;

namespace Orca.Tool.Commands;

/// <summary>A command that looks at a swarm from outside.</summary>
internal abstract class SwarmCommand : ExampleCommand
{
    private readonly SwarmArguments _swarm = new();
    private readonly OutputArguments _output = new();

    protected SwarmCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description, examples)
    {
        _swarm.AddTo(this);
        _output.AddTo(this);
    }

    protected abstract Task<int> LookAsync(SwarmOverview swarm, ParseResult parsed, Say say, CancellationToken ct);

    protected override async Task<int> InvokeAsync(ParseResult parsed, CancellationToken ct)
    {
        var say = new Say(_output.Json(parsed));
        using var host = _swarm.Build(parsed);
        try
        {
            var swarm = _swarm.Swarm(parsed) ?? host.Services.GetRequiredService<IConfiguration>()["Orca:Swarm"] ?? "default";
            var connector = host.Services.GetRequiredService<ISwarmConnector>();
            if (!SwarmNames.Of(connector.Tenant, swarm).TryGet(out var names, out var problems))
            {
                return say.Problems(problems);
            }

            await using (connector.ConfigureAwait(false))
            {
                var medium = connector.Connect();
                await using (medium.ConfigureAwait(false))
                {
                    var overview = new SwarmOverview(medium, names, TimeProvider.System);
                    return await overview.ReachAsync(ct).ConfigureAwait(false) is { } away
                        ? say.Problem(away)
                        : await LookAsync(overview, parsed, say, ct).ConfigureAwait(false);
                }
            }
        }
        catch (OptionsValidationException e)
        {
            return say.Problems([.. e.Failures.Select(failure => new Problem(failure))]);
        }
    }
}
