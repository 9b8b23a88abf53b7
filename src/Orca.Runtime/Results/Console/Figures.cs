using System.Globalization;

namespace Orca.Results.Console;

/// <summary>Figures as a person reads them: three significant digits, a sensible unit, no culture.</summary>
internal static class Figures
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>A time from milliseconds: <c>640 ns</c>, <c>45.2 µs</c>, <c>312 ms</c>, <c>1.25 s</c>, <c>2m 05s</c>.</summary>
    public static string Time(double milliseconds)
    {
        var size = Math.Abs(milliseconds);
        return size switch
        {
            0 => "0 ms",
            < 0.0009995 => Digits(milliseconds * 1e6) + " ns",
            < 0.9995 => Digits(milliseconds * 1e3) + " µs",
            < 999.5 => Digits(milliseconds) + " ms",
            < 119_950 => Digits(milliseconds / 1e3) + " s",
            _ => Clock(TimeSpan.FromMilliseconds(milliseconds)),
        };
    }

    public static string Time(double? milliseconds) => milliseconds is { } value ? Time(value) : "–";

    /// <summary>A run time: <c>5.2s</c>, <c>45s</c>, <c>2m 05s</c>, <c>1h 02m 05s</c>.</summary>
    public static string Clock(TimeSpan time)
    {
        if (time < TimeSpan.FromMinutes(1))
        {
            return time.TotalSeconds.ToString("0.#", Plain) + "s";
        }

        time = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        return time < TimeSpan.FromHours(1)
            ? string.Create(Plain, $"{time.Minutes}m {time.Seconds:00}s")
            : string.Create(Plain, $"{(int)time.TotalHours}h {time.Minutes:00}m {time.Seconds:00}s");
    }

    /// <summary>A count with its thousands apart: <c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", Plain);

    /// <summary>A count of something: <c>1 drone</c>, <c>12,345 drones</c>.</summary>
    public static string Count(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>A rate: <c>0.25/s</c>, <c>149.8/s</c>, <c>12,345/s</c>.</summary>
    public static string Rate(double perSecond) => Number(perSecond) + "/s";

    /// <summary>A plain number: at least three significant digits, thousands apart.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 9_999.5 => value.ToString("N0", Plain),
        >= 999.95 => value.ToString("#,0.#", Plain),
        >= 99.95 => value.ToString("0.#", Plain),
        >= 9.995 => value.ToString("0.##", Plain),
        >= 0.001 => value.ToString("0.###", Plain),
        _ => value.ToString("0.##e0", Plain),
    };

    /// <summary>A share of 0 to 1 in percent: <c>0.12%</c>; never 0 or 100 unless it is just that.</summary>
    public static string Percent(double share) => (share * 100) switch
    {
        0 => "0%",
        > 0 and < 0.01 => "<0.01%",
        > 99.99 and < 100 => ">99.99%",
        var percent => percent.ToString(Math.Abs(percent) < 10 ? "0.##" : "0.#", Plain) + "%",
    };

    /// <summary>Bytes: <c>512 B</c>, <c>1.5 KiB</c>, <c>12.3 MiB</c>.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1023.5 && unit < units.Length - 1)
        {
            (size, unit) = (size / 1024, unit + 1);
        }

        return (unit == 0 ? bytes.ToString(Plain) : Digits(size)) + " " + units[unit];
    }

    /// <summary>A threshold's value in its unit.</summary>
    public static string InUnit(double value, string unit) => unit switch
    {
        "ms" => Time(value),
        "%" => Percent(value / 100),
        _ => Number(value) + unit,
    };

    /// <summary>Windows of run time: <c>3s–5s, 8s–9s and 4 more</c>.</summary>
    public static string Windows(IReadOnlyList<RunWindow> windows, int most = 3)
    {
        var shown = string.Join(", ", windows.Take(most).Select(window => $"{Clock(window.From)}–{Clock(window.To)}"));
        return windows.Count > most ? $"{shown} and {windows.Count - most} more" : shown;
    }

    private static string Digits(double value) => Math.Abs(value) switch
    {
        >= 99.95 => value.ToString("0", Plain),
        >= 9.995 => value.ToString("0.#", Plain),
        _ => value.ToString("0.##", Plain),
    };
}
