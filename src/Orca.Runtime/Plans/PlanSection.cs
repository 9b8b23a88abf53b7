using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Orca.Plans;

/// <summary>A JSON object of the plan being read: gives its values typed and within limits, and adds a problem for each that is not.</summary>
internal sealed class PlanSection(PlanNode node, string path, PlanProblems problems)
{
    public PlanNode Node { get; } = node;

    public string Path { get; } = path;

    public PlanProblems Problems { get; } = problems;

    public string PathOf(string key) => PlanPath.Join(Path, key);

    public bool Has(string key) => Node.Find(key) is not null;

    /// <summary>Adds a problem for each key that is not known here; says whether there was one.</summary>
    public bool RefuseOthers(ImmutableArray<string> known)
    {
        var others = Node.Members.Where(member => !known.Contains(member.Key)).ToList();
        foreach (var (key, value) in others)
        {
            Problems.Add(PathOf(key), value.Source, $"'{PlanProblems.Shown(key)}' is no known key", Problems.Full ? null : NearestName.Advice(key, known));
        }

        return others.Count > 0;
    }

    public void Missing(string key, string advice) => Problems.Add(PathOf(key), Node.Source, $"'{key}' is missing", advice);

    public string? Text(string key, int longest = PlanLimits.LongestName) =>
        Node.Find(key) is { } value ? TextOf(value, PathOf(key), longest) : null;

    public string? TextOf(PlanNode value, string at, int longest)
    {
        if (value.Kind != JsonValueKind.String)
        {
            Wrong(value, at, "a text", "Write it in double quotes.");
        }
        else if (string.IsNullOrWhiteSpace(value.Text))
        {
            Problems.Add(at, value.Source, "The text is empty", "Write one, or leave the key out.");
        }
        else if (value.Text.Length > longest)
        {
            Problems.Add(at, value.Source, $"The text has {value.Text.Length} characters; {longest} are the most");
        }
        else if (value.Text.Any(char.IsControl))
        {
            Problems.Add(at, value.Source, "The text holds a control character", "Remove line breaks, tabs and the like.");
        }
        else
        {
            return value.Text;
        }

        return null;
    }

    public TimeSpan? Time(string key, TimeSpan least, TimeSpan most)
    {
        if (Node.Find(key) is not { } value)
        {
            return null;
        }

        if (value is not { Kind: JsonValueKind.String } and not { Kind: JsonValueKind.Number, Text: "0" })
        {
            Wrong(value, PathOf(key), "a duration", DurationText.Advice);
        }
        else if (!DurationText.TryParse(value.Text == "0" ? "0s" : value.Text, out var time))
        {
            Problems.Add(PathOf(key), value.Source, $"'{PlanProblems.Shown(value.Text)}' is no duration", DurationText.Advice);
        }
        else if (time < least || time > most)
        {
            Problems.Add(
                PathOf(key),
                value.Source,
                $"'{PlanProblems.Shown(value.Text)}' is out of range",
                $"Write a duration from {DurationText.Format(least)} to {DurationText.Format(most)}.");
        }
        else
        {
            return time;
        }

        return null;
    }

    public long? Whole(string key, long least, long most) =>
        Node.Find(key) is { } value ? WholeOf(value, PathOf(key), least, most) : null;

    public int? Int(string key, int least, int most) => (int?)Whole(key, least, most);

    public long? WholeOf(PlanNode value, string at, long least, long most)
    {
        var advice = string.Create(CultureInfo.InvariantCulture, $"Write a whole number from {least} to {most}.");
        if (NumberOf(value, at, "a whole number", advice) is not { } number)
        {
            return null;
        }

        if (number == decimal.Floor(number) && number >= least && number <= most)
        {
            return (long)number;
        }

        Problems.Add(at, value.Source, $"{PlanProblems.Shown(value.Text)} is {(number == decimal.Floor(number) ? "out of range" : "no whole number")}", advice);
        return null;
    }

    public decimal? Rate(string key)
    {
        var advice = $"Write arrivals per second from 0 to {PlanLimits.MostRate:0}, with at most six decimals.";
        if (Node.Find(key) is not { } value || NumberOf(value, PathOf(key), "a rate", advice) is not { } rate)
        {
            return null;
        }

        if (rate is >= 0 and <= PlanLimits.MostRate && decimal.Round(rate, 6) == rate)
        {
            return rate;
        }

        Problems.Add(PathOf(key), value.Source, $"{PlanProblems.Shown(value.Text)} is no rate that can be run", advice);
        return null;
    }

    public double? Fraction(string key, int most)
    {
        var advice = $"Write a share from 0 to {most}, such as 0.01 for 1 %.";
        if (Node.Find(key) is not { } value || NumberOf(value, PathOf(key), "a share", advice) is not { } share)
        {
            return null;
        }

        if (share >= 0 && share <= most)
        {
            return double.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        Problems.Add(PathOf(key), value.Source, $"{PlanProblems.Shown(value.Text)} is out of range", advice);
        return null;
    }

    public bool? Flag(string key)
    {
        if (Node.Find(key) is not { } value)
        {
            return null;
        }

        if (value.Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.Kind == JsonValueKind.True;
        }

        Wrong(value, PathOf(key), "true or false", null);
        return null;
    }

    public T? Word<T>(string key, ImmutableArray<(string Word, T Value)> words)
        where T : struct
    {
        if (Node.Find(key) is not { } value)
        {
            return null;
        }

        if (value.Kind != JsonValueKind.String)
        {
            Wrong(value, PathOf(key), "a word", $"Known are: {string.Join(", ", words.Select(word => word.Word))}.");
            return null;
        }

        foreach (var (word, meaning) in words)
        {
            if (word == value.Text)
            {
                return meaning;
            }
        }

        Problems.Add(PathOf(key), value.Source, $"'{PlanProblems.Shown(value.Text)}' is not known here", NearestName.Advice(value.Text, [.. words.Select(word => word.Word)]));
        return null;
    }

    public PlanSection? Section(string key) =>
        Node.Find(key) is { } value ? SectionOf(value, PathOf(key)) : null;

    public PlanSection? SectionOf(PlanNode value, string at)
    {
        if (value.Kind == JsonValueKind.Object)
        {
            return new PlanSection(value, at, Problems);
        }

        Wrong(value, at, "an object", "Write it as { … }.");
        return null;
    }

    /// <summary>The items of an array with their paths; none, and a problem, where it is no array or has more than the most.</summary>
    public IReadOnlyList<(PlanNode Node, string Path)> Items(string key, int most)
    {
        if (Node.Find(key) is not { } value)
        {
            return [];
        }

        if (value.Kind != JsonValueKind.Array)
        {
            Wrong(value, PathOf(key), "an array", "Write it as [ … ].");
            return [];
        }

        if (value.Items.Count > most)
        {
            Problems.Add(PathOf(key), value.Source, $"There are {value.Items.Count} items; {most} are the most");
            return [];
        }

        return [.. value.Items.Select((item, i) => (item, PlanPath.Item(PathOf(key), i)))];
    }

    public void Wrong(PlanNode value, string at, string wanted, string? advice) =>
        Problems.Add(at, value.Source, $"Expected {wanted}, found {value.Describe()}", value.Kind == JsonValueKind.Null ? "Leave the key out for its default." : advice);

    private decimal? NumberOf(PlanNode value, string at, string wanted, string advice)
    {
        if (value.Kind != JsonValueKind.Number)
        {
            Wrong(value, at, wanted, advice);
            return null;
        }

        if (value.Text.Length <= 40 && decimal.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Problems.Add(at, value.Source, $"{PlanProblems.Shown(value.Text)} is out of range", advice);
        return null;
    }
}
