namespace Orca.Swarm.Documents;

/// <summary>A piece of JSON that members exchange.</summary>
internal interface ISwarmDocument
{
    /// <summary>The protocol version of its writer.</summary>
    int V { get; }

    string Type { get; }
}
