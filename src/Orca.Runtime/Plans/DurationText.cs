using System.Globalization;
using System.Text;

namespace Orca.Plans;

/// <summary>Durations as plans and options write them: <c>250ms</c>, <c>30s</c>, <c>1m30s</c>, <c>1.5h</c>, or <c>hh:mm:ss</c>.</summary>
internal static class DurationText
{
    public const string Advice = "Write a duration as 250ms, 30s, 1m30s, 2h or hh:mm:ss.";

    private const int Longest = 40;

    private static readonly (string Name, long Ticks)[] Units =
    [
        ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>Reads a duration; false where the text is none, is negative, or is finer than 100 ns.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is null || text.Length is 0 or > Longest)
        {
            return false;
        }

        return text.Contains(':', StringComparison.Ordinal) ? TryClock(text, out duration) : TryUnits(text, out duration);
    }

    public static string Format(TimeSpan duration)
    {
        // A negative one is shown, but never read.
        var ticks = Math.Abs((decimal)duration.Ticks);
        var text = new StringBuilder(duration.Ticks < 0 ? "-" : "");
        if (ticks is > 0 and < TimeSpan.TicksPerSecond && ticks % TimeSpan.TicksPerMillisecond == 0)
        {
            return text.Append(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerMillisecond:0}ms").ToString();
        }

        foreach (var (name, size) in Units.Take(2))
        {
            if (ticks >= size)
            {
                text.Append(CultureInfo.InvariantCulture, $"{decimal.Floor(ticks / size):0}{name}");
                ticks %= size;
            }
        }

        return ticks == 0 && text.Length > 0 && duration.Ticks != 0
            ? text.ToString()
            : text.Append(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond:0.#######}s").ToString();
    }

    private static bool TryUnits(string text, out TimeSpan duration)
    {
        duration = default;
        var (at, unit, sum) = (0, 0, 0m);
        while (at < text.Length)
        {
            var digits = at;
            while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
            {
                digits++;
            }

            var letters = digits;
            while (letters < text.Length && char.IsAsciiLetter(text[letters]))
            {
                letters++;
            }

            // Units come once each, the greater before the smaller.
            unit = Array.FindIndex(Units, unit, candidate => text.AsSpan(digits, letters - digits).SequenceEqual(candidate.Name));
            if (unit < 0 || !TryNumber(text.AsSpan(at, digits - at), out var number))
            {
                return false;
            }

            sum += number * Units[unit].Ticks;
            (at, unit) = (letters, unit + 1);
        }

        return TryTicks(sum, out duration);
    }

    private static bool TryClock(string text, out TimeSpan duration)
    {
        duration = default;
        var parts = text.Split(':');
        return parts.Length == 3
            && parts[0].Length is > 0 and <= 4
            && parts[1].Length == 2
            && parts[2].Length >= 2 && (parts[2].Length == 2 || parts[2][2] == '.')
            && TryNumber(parts[0], out var hours)
            && TryNumber(parts[1], out var minutes)
            && TryNumber(parts[2], out var seconds)
            && hours == decimal.Floor(hours) && minutes == decimal.Floor(minutes)
            && minutes < 60 && seconds < 60
            && TryTicks((((hours * 60) + minutes) * TimeSpan.TicksPerMinute) + (seconds * TimeSpan.TicksPerSecond), out duration);
    }

    // At most 12 digits before the point: the products above stay far inside a decimal.
    private static bool TryNumber(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        var point = text.IndexOf('.');
        return text.Length > 0 && point != 0 && point != text.Length - 1
            && (point < 0 ? text.Length : point) <= 12
            && text.Length - point <= 14
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryTicks(decimal ticks, out TimeSpan duration)
    {
        var whole = ticks == decimal.Floor(ticks) && ticks <= TimeSpan.MaxValue.Ticks;
        duration = whole ? new TimeSpan((long)ticks) : default;
        return whole;
    }
}
