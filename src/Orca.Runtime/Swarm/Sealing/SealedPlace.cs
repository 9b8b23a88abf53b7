namespace Orca.Swarm.Sealing;

/// <summary>What a seal is good for, beside its content: one kind of text in one place, which names swarm and run, in one version.</summary>
/// <param name="Kind">What the text is.</param>
/// <param name="Name">The channel's or key's name.</param>
/// <param name="Field">The field of a hash, else empty.</param>
/// <param name="Version">The run document's version, where it is one.</param>
internal readonly record struct SealedPlace(SealedKind Kind, string Name, string Field, DocumentVersion Version)
{
    public static SealedPlace Message(string channel) => new(SealedKind.Message, channel, "", default);

    public static SealedPlace Of(SwarmKey key, string field) => new(SealedKind.Field, key.Name, field, default);

    public static SealedPlace Element(SwarmKey key) => new(SealedKind.Element, key.Name, "", default);

    public static SealedPlace Document(RunKeys run, DocumentVersion version) => new(SealedKind.Document, run.Document.Name, "", version);

    public static SealedPlace LeaderBeat(RunKeys run) => new(SealedKind.LeaderBeat, run.Document.Name, "", default);

    public override string ToString() => Kind switch
    {
        SealedKind.Message => $"a message on {Name}",
        SealedKind.Field => $"{Field} of {Name}",
        SealedKind.Element => $"an element of {Name}",
        SealedKind.Document => $"version {Version} of {Name}",
        _ => $"the leader's heartbeat of {Name}",
    };
}
