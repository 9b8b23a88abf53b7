namespace Orca.Packages;

/// <summary>A type in metadata: the assembly that it is looked for in, and its full name, nested types after a plus.</summary>
internal readonly record struct TypeName(string Assembly, string FullName);
