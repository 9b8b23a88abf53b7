using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orca.Tests.Samples;

/// <summary>A scenario with no run behind it.</summary>
internal sealed class PlainContext(Uri target, params (string Key, string Value)[] parameters) : LoadTestContext
{
    public override string RunId => "none";

    public override string Scenario => "plain";

    public override Uri? Target => target;

    public override IConfiguration Parameters { get; } = new ConfigurationBuilder()
        .AddInMemoryCollection(parameters.ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value))
        .Build();

    public override DroneInfo Drone { get; } = new(0, 1);

    public override string? SwarmState => null;

    public override ILogger Logger => NullLogger.Instance;

    public override TimeProvider Clock => TimeProvider.System;

    public override void Attach(string name, JsonNode? value)
    {
    }
}
