using System.Globalization;
using System.Text;

namespace Orca.Plans;

/// <summary>Reads thresholds: <c>&lt;scenario&gt;[/&lt;step&gt;] &lt;statistic&gt; &lt;op&gt; &lt;value&gt;</c>.</summary>
/// <remarks>
/// The name of a step, check or metric that holds blanks or signs of comparison is put into single quotes, a quote in it doubled:
/// <c>checkout/'add to cart' p99 &lt; 1s</c>, <c>checkout checks.'has title' &gt; 99%</c>.
/// </remarks>
internal sealed class ThresholdText
{
    private const string Advice = "Write <scenario>[/<step>] <statistic> <op> <value>, such as: checkout p99 < 250ms.";

    private static readonly string[] Operators = ["<=", ">=", "==", "!=", "<", ">"];

    private readonly string _text;
    private int _at;
    private Problem? _problem;

    private ThresholdText(string text) => _text = text;

    public static Outcome<Threshold> Parse(string text)
    {
        var parser = new ThresholdText(text);
        return parser.Read() is { } threshold ? threshold : parser._problem!;
    }

    /// <summary>A name without its quotes.</summary>
    public static string Unquote(string raw)
    {
        var name = new StringBuilder();
        var inside = false;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\'')
            {
                name.Append(raw[i]);
            }
            else if (inside && i + 1 < raw.Length && raw[i + 1] == '\'')
            {
                name.Append(raw[i++]);
            }
            else
            {
                inside = !inside;
            }
        }

        return name.ToString();
    }

    private Threshold? Read()
    {
        if (Token("a scenario's name, or 'swarm' for all", slash: true) is not { } scenario)
        {
            return null;
        }

        string? step = null;
        if (_at < _text.Length && _text[_at] == '/')
        {
            _at++;
            if (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            {
                return Fail(_at, "expected a step's name right after the slash, in single quotes where it holds blanks");
            }

            if (Token("a step's name, in single quotes where it holds blanks", slash: false) is not { } raw)
            {
                return null;
            }

            step = Unquote(raw);
        }

        var column = SkipBlanks();
        if (Token("a statistic, such as p99 or errors", slash: false) is not { } word)
        {
            return null;
        }

        if (StatisticText.Parse(word, step is not null, out var error) is not { } statistic)
        {
            return Fail(column, error.What, error.Advice);
        }

        var comparison = Array.Find(Operators, candidate => string.CompareOrdinal(_text, SkipBlanks(), candidate, 0, candidate.Length) == 0);
        if (comparison is null)
        {
            return Fail(_at, $"expected <, <=, >, >=, == or !=, found {Rest()}");
        }

        _at += comparison.Length;
        column = SkipBlanks();
        if (Value(statistic, _text[_at..].TrimEnd()) is not { } value)
        {
            return Fail(column, $"expected {StatisticText.ValueOf(statistic)}, found {Rest()}");
        }

        return new Threshold
        {
            Text = _text,
            Scenario = scenario,
            Step = step,
            Statistic = statistic,
            Operator = comparison,
            Value = value.Amount,
            InPercent = value.InPercent,
        };
    }

    // Up to a blank, a sign of comparison or (of a scenario) a slash; what is in quotes counts as a letter.
    private string? Token(string wanted, bool slash)
    {
        var start = SkipBlanks();
        var inside = false;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            inside ^= c == '\'';
            if (!inside && (char.IsWhiteSpace(c) || c is '<' or '>' or '=' or '!' || (slash && c == '/')))
            {
                break;
            }

            _at++;
        }

        var token = _text[start.._at];
        if (inside)
        {
            Fail(start, "a single quote is not closed");
            return null;
        }

        if (Unquote(token).Length == 0)
        {
            Fail(start, $"expected {wanted}, found {Rest()}");
            return null;
        }

        return token;
    }

    private static (double Amount, bool InPercent)? Value(Statistic statistic, string text)
    {
        if (StatisticText.IsTime(statistic))
        {
            return DurationText.TryParse(text, out var time) ? (time.TotalMilliseconds, false) : null;
        }

        var (digits, unit) = text switch
        {
            [.. var share, '%'] => (share, '%'),
            [.. var rate, '/', 's'] => (rate, '/'),
            _ => (text, ' '),
        };
        var style = NumberStyles.AllowDecimalPoint | (statistic.Kind == StatisticKind.Metric ? NumberStyles.AllowLeadingSign : NumberStyles.None);
        if (digits.Length > 28 || !decimal.TryParse(digits, style, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        return unit switch
        {
            '%' => StatisticText.IsShare(statistic) && amount <= 100 ? ((double)(amount / 100), true) : null,
            '/' => StatisticText.IsRate(statistic) ? ((double)amount, false) : null,
            _ => ((double)amount, false),
        };
    }

    private int SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _at;
    }

    private string Rest() => _at < _text.Length ? $"'{PlanProblems.Shown(_text[_at..])}'" : "the end";

    private Threshold? Fail(int at, string what, string? advice = null)
    {
        _problem = new Problem(string.Create(CultureInfo.InvariantCulture, $"'{PlanProblems.Shown(_text)}' is no threshold: at column {at + 1}, {what}."))
        {
            Advice = advice ?? Advice,
        };
        return null;
    }
}
