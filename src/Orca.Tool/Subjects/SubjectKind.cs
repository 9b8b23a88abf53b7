namespace Orca.Tool.Subjects;

/// <summary>What a command can be about.</summary>
internal enum SubjectKind
{
    Plan,
    Package,
    Project,
}
