using System.Text.RegularExpressions;

namespace Orca.Tool.Subjects;

/// <summary>Reads what a person names: <c>orca.json</c>, <c>Acme.Shop.LoadTests@1.4.*</c>, <c>.</c>, <c>src/Acme.csproj</c>.</summary>
internal static partial class SubjectText
{
    public static Outcome<Subject> Read(string text)
    {
        if (Directory.Exists(text) && !IsQualifiedId(text))
        {
            return ProjectSearch.In(text);
        }

        var extension = Path.GetExtension(text);
        if (File.Exists(text))
        {
            return extension.EndsWith("proj", StringComparison.OrdinalIgnoreCase) ? new Subject(SubjectKind.Project, Path.GetFullPath(text))
                : extension.Equals(".json", StringComparison.OrdinalIgnoreCase) ? new Subject(SubjectKind.Plan, text)
                : new Problem($"'{text}' is neither a plan nor a project.") { Advice = "Name a plan file (.json), a project (.csproj), its folder, or a package such as Acme.Shop.LoadTests@1.4.*." };
        }

        if (extension.ToLowerInvariant() is ".json" or ".csproj" or ".fsproj" or ".vbproj" || text.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            return new Problem($"There is no file and no folder '{Path.GetFullPath(text)}'.") { Advice = "Correct the path, or name a package such as Acme.Shop.LoadTests@1.4.*." };
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        var (id, version) = at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
        return PackageId().IsMatch(id) && version is not ""
            ? new Subject(SubjectKind.Package, id, version)
            : new Problem($"'{text}' names no package, and there is no such file or folder.") { Advice = "Write Id, Id@1.4.2, Id@1.4.* or Id@[1.0,2.0)." };
    }

    // Acme.Shop.LoadTests is a package though its repository lies here: that folder is ./Acme.Shop.LoadTests.
    private static bool IsQualifiedId(string text) => text.Contains('.', StringComparison.Ordinal) && PackageId().IsMatch(text);

    [GeneratedRegex(@"\A\w+([.-]\w+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PackageId();
}
