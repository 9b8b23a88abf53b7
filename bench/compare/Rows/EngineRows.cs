using Orca.Compare.Tools;

namespace Orca.Compare.Rows;

/// <summary>The rows that need no target.</summary>
internal static class EngineRows
{
    public static async Task<IReadOnlyList<Figure>> EmptyAsync(RowSettings settings)
    {
        List<Figure> figures = [];
        foreach (var users in (int[])[1, 64, 1_000, 100_000])
        {
            var rounds = await Rounds.RunAsync(
                settings.Rounds,
                ("orca", () => Own.RunAsync($"orca-empty --users {users} --seconds {settings.Seconds}")),
                ("bare", () => Own.RunAsync($"bare-empty --users {users} --seconds {settings.Seconds}")));
            figures.Add(new($"a.{users}.rate", rounds.Median("orca", Rate), "M iterations/s", "bare async loop", rounds.Ratio("orca", "bare", Rate)) { Goal = "≥ 5" });
            figures.Add(new($"a.{users}.allocated", rounds.Median("orca", r => r["allocated"] / r["count"]), "B/iteration") { Goal = "0" });
            figures.Add(new($"a.{users}.fairness", rounds.Median("orca", r => r["fairness"]), "min/max") { Goal = "≥ 0.95" });
            figures.Add(new($"a.{users}.ended", rounds.Worst("orca", r => r["endedAfter"]), "s after its time, at worst") { Goal = "on time" });
        }

        return figures;

        static double Rate(Reading reading) => reading["count"] / reading["seconds"] / 1e6;
    }

    public static async Task<IReadOnlyList<Figure>> SleepAsync(RowSettings settings)
    {
        List<Figure> figures = [];
        foreach (var (users, most) in ((int, int)[])[(10_000, 700), (100_000, 400)])
        {
            var rounds = await Rounds.RunAsync(settings.Rounds, ("orca", () => Own.RunAsync($"orca-sleep --users {users} --seconds {settings.Seconds}")));
            figures.Add(new($"b.{users}.memory", rounds.Median("orca", r => r["bytesPerUser"]), "B/user") { Goal = $"≤ {most}" });
            figures.Add(new($"b.{users}.start", rounds.Median("orca", r => r["startCpu"]), "CPU-s") { Goal = users == 10_000 ? "≤ 0.1" : "" });
        }

        return figures;
    }

    public static async Task<IReadOnlyList<Figure>> ThinkAsync(RowSettings settings)
    {
        var rounds = await Rounds.RunAsync(
            settings.Rounds,
            ("at once", () => Own.RunAsync($"orca-think --users 100000 --ramp 0 --seconds {settings.Seconds + 2}")),
            ("spread", () => Own.RunAsync($"orca-think --users 100000 --seconds {settings.Seconds + 2}", Own.Profile)));
        return
        [
            new("c.cpu", rounds.Median("at once", r => r.CpuMicroseconds), "µs/wake, all users begin at once") { Goal = "≤ 1.8" },
            new("c.allocated", rounds.Median("at once", r => r["allocated"] / r["count"]), "B/wake") { Goal = "0" },
            new("c.late99", rounds.Median("at once", r => r["wakeLate99"]), "ms") { Goal = "≤ 2" },
            new("c.spread.cpu", rounds.Median("spread", r => r.CpuMicroseconds), "µs/wake, users begin over a second, in the profile") { Goal = "≤ 1.8" },
            new("c.spread.late99", rounds.Median("spread", r => r["wakeLate99"]), "ms") { Goal = "≤ 2" },
            new("c.early", Math.Max(rounds.Worst("at once", r => r["early"]), rounds.Worst("spread", r => r["early"])), "wakes, at worst") { Goal = "0" },
        ];
    }

    public static async Task<IReadOnlyList<Figure>> ArrivalsAsync(RowSettings settings)
    {
        List<Figure> figures = [];
        foreach (var rate in (int[])[1_000, 10_000, 100_000])
        {
            var rounds = await Rounds.RunAsync(
                settings.Rounds,
                ("orca", () => Own.RunAsync($"orca-arrivals --rate {rate} --seconds {settings.Seconds + 3}")),
                ("orca, profile", () => Own.RunAsync($"orca-arrivals --rate {rate} --seconds {settings.Seconds + 3}", Own.Profile)),
                ("sleep", () => Own.RunAsync($"bare-sleep --rate {rate} --seconds {settings.Seconds}")));
            figures.Add(new($"d.{rate}.late50", rounds.Median("orca", r => r["late50"]), "ms", "a bare precise sleep", rounds.Ratio("orca", "sleep", r => r["late50"])));
            figures.Add(new($"d.{rate}.late99", rounds.Median("orca", r => r["late99"]), "ms", "a bare precise sleep", rounds.Ratio("orca", "sleep", r => r["late99"])) { Goal = "≤ 0.25" });
            figures.Add(new($"d.{rate}.cpu", 100 * rounds.Median("orca", Share), "% of the core", "a bare precise sleep", rounds.Ratio("orca", "sleep", Share)));
            figures.Add(new($"d.{rate}.profile.late99", rounds.Median("orca, profile", r => r["late99"]), "ms", "a bare precise sleep", rounds.Ratio("orca, profile", "sleep", r => r["late99"])) { Goal = "≤ 0.25" });
            figures.Add(new($"d.{rate}.profile.cpu", 100 * rounds.Median("orca, profile", Share), "% of the core", "a bare precise sleep", rounds.Ratio("orca, profile", "sleep", Share)) { Goal = rate == 1_000 ? "≤ 8" : "" });
            figures.Add(new($"d.{rate}.lost", rounds.Worst("orca", r => r["dropped"] + r["missed"]), "arrivals, at worst") { Goal = "0" });
        }

        return figures;

        static double Share(Reading reading) => reading["cpu"] / reading["seconds"];
    }

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(RowSettings settings)
    {
        const string Yardstick = "the HdrHistogram package";
        var rounds = await Rounds.RunAsync(settings.Rounds, ("orca", () => Own.RunAsync("orca-measure")), ("hdr", () => Own.RunAsync("bare-measure")));
        return
        [
            new("l.record", rounds.Median("orca", r => r["record"]), "ns/value", Yardstick, rounds.Ratio("orca", "hdr", r => r["record"])) { Goal = "≤ 10" },
            new("l.snapshot", rounds.Median("orca", r => r["cut.10000"]), "ms, 20 steps of 10,000 values") { Goal = "≤ 1" },
            .. ((int[])[100, 1_000, 10_000]).Select(samples => new Figure(
                $"l.merge.{samples}",
                rounds.Median("orca", r => r[$"merge.{samples}"]),
                $"ms, 1,000 drones × 20 steps of {samples} values",
                Yardstick,
                rounds.Ratio("orca", "hdr", r => r[$"merge.{samples}"])) { Goal = "≤ 250" }),
        ];
    }
}
