using Orca.Hosting;

namespace Orca.Tool.Subjects;

/// <summary>What a command is about, the project packed.</summary>
internal sealed class ReadySubject(Subject subject, PackedProject? packed) : IDisposable
{
    public Subject Subject { get; } = subject;

    /// <summary>Tells a leader what it is to run.</summary>
    public void Apply(OrcaLeaderOptions options)
    {
        (options.Plan, options.Package, options.Version) = packed is not null ? (null, packed.Id, packed.Version)
            : Subject.Kind == SubjectKind.Plan ? (Subject.Name, null, null)
            : ((string?)null, Subject.Name, Subject.Version);
        if (packed is not null)
        {
            options.Feeds.Insert(0, packed.Feed);
            options.Cache = packed.Cache;
        }
    }

    public void Dispose() => packed?.Dispose();
}
