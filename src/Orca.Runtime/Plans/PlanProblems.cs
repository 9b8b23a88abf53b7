using System.Collections.Immutable;

namespace Orca.Plans;

/// <summary>Collects what is wrong with a plan.</summary>
internal sealed class PlanProblems
{
    // A file that is no plan at all need not be told so on every line.
    private const int Most = 100;
    private const int LongestShown = 60;

    private readonly List<Problem> _problems = [];
    private int _more;

    public bool Any => _problems.Count > 0;

    /// <summary>Whether more problems are only counted, so that no advice need be thought of.</summary>
    public bool Full => _problems.Count == Most;

    /// <summary>Adds a problem: where, what (without the full stop) and what to do about it.</summary>
    public void Add(string path, PlanSource? source, string what, string? advice = null)
    {
        if (Full)
        {
            _more++;
            return;
        }

        _problems.Add(new Problem(source is null ? what + "." : $"{what} ({source}).")
        {
            Where = path.Length == 0 ? null : path,
            Advice = advice,
            File = source?.Layer,
            Line = source?.Line ?? 0,
        });
    }

    /// <summary>Adds a problem of a layer as a whole, or of a line that it cannot be read past.</summary>
    public void AddUnreadable(string layer, string what, string? advice = null, int line = 0) =>
        _problems.Add(new Problem(what + ".") { Where = layer, Advice = advice, File = layer, Line = line });

    public ImmutableArray<Problem> ToImmutable() => _more == 0
        ? [.. _problems]
        : [.. _problems, new Problem($"There are {_more} problems more.") { Advice = "Correct the first ones and read the plan again." }];

    /// <summary>A text from outside, fit to be shown in a message: short, in one line, without credentials.</summary>
    public static string Shown(string text)
    {
        var shown = Redaction.Of(text.Length > PlanLimits.LongestText ? text[..PlanLimits.LongestText] : text);
        shown = shown.Length > LongestShown ? shown[..LongestShown] + "…" : shown;
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
