using Microsoft.Extensions.Logging;
using Orca.Swarm;
using Orca.Swarm.Sealing;

namespace Orca.Hosting.Media;

/// <summary>A member's view of what is shared: sealed with the swarm key where there is one.</summary>
internal static class MemberMedium
{
    public static ISwarmMedium Of(ISwarmConnector connector, OrcaMemberOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        var medium = connector.Connect();
        if (string.IsNullOrEmpty(options.SwarmKey))
        {
            return medium;
        }

        return SwarmSeal.Of(options.SwarmKey).TryGet(out var seal, out var problems)
            ? new SealedSwarmMedium(medium, seal, clock, loggers.CreateLogger<SealedSwarmMedium>())
            : throw new InvalidOperationException(problems[0].ToString());
    }
}
