using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Orca.Measurement;

namespace Orca.Execution;

/// <summary>The context that a test and its users are handed.</summary>
internal sealed class ScenarioContext(LoadEngineOptions options, ScenarioTest test) : LoadTestContext
{
    private const int LargestAttachment = 64 * 1024;

    public override string RunId => options.RunId;

    public override string Scenario => test.Scenario.Name;

    public override Uri? Target => options.Plan.Target;

    public override IConfiguration Parameters => test.Parameters;

    public override DroneInfo Drone => options.Drone;

    public override string? SwarmState => options.SwarmState.GetValueOrDefault(Scenario);

    public override ILogger Logger => test.Logger;

    public override TimeProvider Clock => options.Clock;

    public override void Attach(string name, JsonNode? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var json = value?.ToJsonString() ?? "null";
        var bytes = Encoding.UTF8.GetByteCount(json);
        if (bytes > LargestAttachment)
        {
            throw new ArgumentException(
                $"Attachment '{name}' of scenario '{Scenario}' has {bytes} bytes of JSON; at most {LargestAttachment} are kept. Attach a summary, and log the rest.",
                nameof(value));
        }

        if (!options.Recorder.Attach(Scenario, name, json))
        {
            throw new InvalidOperationException(
                $"Attachment '{name}' of scenario '{Scenario}' is one too many: a drone keeps {Recorder.MostAttachments} in a run. Attach under fewer names.");
        }
    }
}
