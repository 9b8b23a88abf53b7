namespace Orca.Tool.Subjects;

/// <summary>What a command is about: a plan file, a package, or a project that is packed for it.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Name">The file's path, or the package's id.</param>
/// <param name="Version">The package's version or range, or null.</param>
internal sealed record Subject(SubjectKind Kind, string Name, string? Version = null);
