using System.Globalization;
using System.Text;

namespace Orca.Plans;

/// <summary>Places in a plan, as problems name them and settings give them: <c>scenarios.browse.load[0].for</c>, <c>parameters['a.b']</c>.</summary>
internal static class PlanPath
{
    private const int MostSegments = 24;

    public static string Join(string path, string key)
    {
        var plain = key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '$' or ':');
        var shown = PlanProblems.Shown(key);
        return plain ? (path.Length == 0 ? shown : $"{path}.{shown}") : $"{path}['{shown}']";
    }

    public static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>The index that a segment such as <c>[3]</c> stands for.</summary>
    public static bool TryIndex(string segment, bool bare, out int index)
    {
        var digits = segment.Length > 2 && segment[0] == '[' && segment[^1] == ']' ? segment[1..^1] : bare ? segment : "";
        index = 0;
        return digits.Length is > 0 and <= 6 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    /// <summary>Takes a path apart; an index stays <c>[3]</c>. Null where it is no path.</summary>
    public static List<string>? Split(string path)
    {
        var segments = new List<string>();
        var at = 0;
        while (at < path.Length)
        {
            if (path[at] == '[')
            {
                if (Bracketed(path, ref at) is not { } segment)
                {
                    return null;
                }

                segments.Add(segment);
            }
            else
            {
                at += at > 0 && path[at] == '.' ? 1 : 0;
                var end = path.AsSpan(at).IndexOfAny('.', '[', ']');
                end = end < 0 ? path.Length : at + end;
                if (end == at || (end < path.Length && path[end] == ']'))
                {
                    return null;
                }

                segments.Add(path[at..end]);
                at = end;
            }

            if (segments.Count > MostSegments || (at < path.Length && path[at] is not ('.' or '[')) || (at == path.Length - 1))
            {
                return null;
            }
        }

        return segments.Count == 0 ? null : segments;
    }

    private static string? Bracketed(string path, ref int at)
    {
        if (at + 1 < path.Length && path[at + 1] == '\'')
        {
            var text = new StringBuilder();
            for (at += 2; at < path.Length; at++)
            {
                if (path[at] != '\'')
                {
                    text.Append(path[at]);
                }
                else if (at + 1 < path.Length && path[at + 1] == '\'')
                {
                    text.Append(path[at++]);
                }
                else
                {
                    at++;
                    return at < path.Length && path[at++] == ']' ? text.ToString() : null;
                }
            }

            return null;
        }

        var end = path.IndexOf(']', at);
        var segment = end < 0 ? "" : path[at..(end + 1)];
        at = end + 1;
        return TryIndex(segment, bare: false, out _) ? segment : null;
    }
}
