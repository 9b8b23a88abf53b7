using System.CommandLine;
using Orca.Tool.Subjects;

namespace Orca.Tool.Arguments;

/// <summary>What a command is about.</summary>
internal sealed class SubjectArgument
{
    private readonly Argument<string> _what = new("what")
    {
        Description = "A plan file, a package (Id, Id@1.4.*), a project, or a folder with one (./Acme.Shop where it is named as a package is).",
        DefaultValueFactory = _ => ".",
    };

    public void AddTo(Command command) => command.Arguments.Add(_what);

    /// <summary>Reads it, and packs it where it is a project; who asked disposes what was packed.</summary>
    public async Task<Outcome<ReadySubject>> ReadAsync(ParseResult parsed, CancellationToken ct)
    {
        if (!SubjectText.Read(parsed.GetValue(_what)!).TryGet(out var subject, out var problems))
        {
            return problems;
        }

        if (subject.Kind != SubjectKind.Project)
        {
            return new ReadySubject(subject, null);
        }

        await Console.Error.WriteLineAsync($"Packing {Path.GetRelativePath(Environment.CurrentDirectory, subject.Name)} …").ConfigureAwait(false);
        return (await PackedProject.PackAsync(subject.Name, ct).ConfigureAwait(false)).TryGet(out var packed, out problems) ? new ReadySubject(subject, packed) : problems;
    }

    /// <summary>Reads it without packing anything.</summary>
    public Outcome<Subject> Read(ParseResult parsed) => SubjectText.Read(parsed.GetValue(_what)!);
}
