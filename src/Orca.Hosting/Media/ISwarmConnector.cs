using Orca.Swarm;

namespace Orca.Hosting.Media;

/// <summary>What a host's members share, and how each of them comes to it.</summary>
internal interface ISwarmConnector : IAsyncDisposable
{
    /// <summary>Whether processes other than this one take part.</summary>
    bool IsOpen { get; }

    /// <summary>What keeps teams apart; empty for none.</summary>
    string Tenant { get; }

    /// <summary>What it is, for a person.</summary>
    string Name { get; }

    /// <summary>Why the members cannot reach it now, or null.</summary>
    Problem? Trouble { get; }

    /// <summary>The names of a swarm's state; the options that they come from are validated.</summary>
    SwarmNames NamesOf(string swarm) =>
        SwarmNames.Of(Tenant, swarm).TryGet(out var names, out var problems) ? names : throw new InvalidOperationException(problems[0].ToString());

    /// <summary>Gives a member its view; who asked disposes it.</summary>
    ISwarmMedium Connect();
}
