using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orca.Hosting;
using Orca.Hosting.Media;
using Orca.Swarm.Redis;
using Orca.Tool.Commands;

namespace Orca.Tool.Arguments;

/// <summary>Which swarm, and the server that its members share.</summary>
internal sealed class SwarmArguments
{
    // So that a server that is away is told within five seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Option<string?> _redis = new("--redis", "-r")
    {
        Description = "The Redis server that the swarm shares; several nodes with commas. Password, user and TLS come from the environment: Orca__Redis__Password and so on.",
        HelpName = "host:port",
    };

    private readonly Option<string?> _swarm = new("--swarm") { Description = "The swarm's name. Default: default.", HelpName = "name" };
    private readonly Option<string?> _tenant = new("--tenant") { Description = "What keeps teams apart that share a server. Default: none.", HelpName = "name" };

    public void AddTo(Command command)
    {
        command.Options.Add(_redis);
        command.Options.Add(_swarm);
        command.Options.Add(_tenant);
    }

    public bool IsGiven(CommandResult result) => result.GetResult(_redis) is not null;

    public bool NamesRedis(ParseResult parsed) => parsed.GetValue(_redis) is not null;

    public string? Swarm(ParseResult parsed) => parsed.GetValue(_swarm);

    /// <summary>Lays what was asked for over the environment's.</summary>
    public void Apply(ParseResult parsed, RedisOptions options)
    {
        if (parsed.GetValue(_redis) is { } redis)
        {
            options.Endpoints.Clear();
            foreach (var endpoint in redis.Split(',', StringSplitOptions.TrimEntries))
            {
                options.Endpoints.Add(endpoint);
            }
        }

        options.Tenant = parsed.GetValue(_tenant) ?? options.Tenant;
        options.ConnectTimeout = options.ConnectTimeout < Patience ? options.ConnectTimeout : Patience;
    }

    /// <summary>Whether the server answers: a problem that names it, or null. Options that are wrong are the host's to tell.</summary>
    public async Task<Problem?> ReachAsync(ParseResult parsed, CancellationToken ct)
    {
        // A host of its own that logs nothing: the problem is told once.
        using var host = Build(parsed);
        try
        {
            await using var connector = host.Services.GetRequiredService<ISwarmConnector>();
            await using var medium = connector.Connect();
            return (await medium.ReadClockAsync(ct).ConfigureAwait(false)).Failure;
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }

    /// <summary>A leader's services without its run, for those who look at a swarm from outside. Not to be started.</summary>
    public IHost Build(ParseResult parsed)
    {
        var builder = ToolHost.Create(LogLevel.None);
        builder.AddOrcaLeader().UseRedis(redis => Apply(parsed, redis));
        return builder.Build();
    }
}
