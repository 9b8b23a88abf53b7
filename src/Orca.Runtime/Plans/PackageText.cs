using System.Text.RegularExpressions;

namespace Orca.Plans;

/// <summary>Reads <c>Id@range</c>. Lightly: whether the range means anything is for the feed's own code to say.</summary>
internal static partial class PackageText
{
    public static PackageRequest? Parse(string text, PlanSection root)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var (id, range) = at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
        if (id.Length <= 100 && Id().IsMatch(id) && (range is null || (range.Length <= 128 && Range().IsMatch(range))))
        {
            return new PackageRequest(id, range);
        }

        root.Problems.Add("package", root.Node.Find("package")?.Source, $"'{PlanProblems.Shown(text)}' names no package", "Write Id, Id@1.4.2, Id@1.4.* or Id@[1.0,2.0).");
        return null;
    }

    [GeneratedRegex(@"\A\w+([.-]\w+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Id();

    [GeneratedRegex(@"\A([0-9*][0-9A-Za-z.*+-]*|[\[(][0-9A-Za-z.*+, -]*[\])])\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Range();
}
