namespace Orca.Runs.Workers.Child;

/// <summary>A place in the swarm, with the share that goes with it where there is one yet.</summary>
internal sealed record PlaceBody
{
    public required int Request { get; init; }

    public required int Index { get; init; }

    public required int Count { get; init; }

    public ShareBody? Provisional { get; init; }

    public SortedDictionary<string, string> SwarmState { get; init; } = [];
}
