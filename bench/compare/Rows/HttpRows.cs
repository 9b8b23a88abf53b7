using Orca.Compare.Tools;

namespace Orca.Compare.Rows;

/// <summary>The rows that load nginx on the other processor.</summary>
internal static class HttpRows
{
    // CPU of a bare HttpClient loop by k6's, measured once on a machine that had k6 (and by the bare loop's own rows since).
    private const double BareByK6 = 0.34;

    // Of open load at the limit: without a bound each late arrival opens one more connection, which makes more of them late.
    private const int Users = 512;

    public static async Task<IReadOnlyList<Figure>> ClosedAsync(RowSettings settings)
    {
        await using var target = await Nginx.StartAsync();
        var seconds = settings.Seconds + 2;
        var rounds = await Rounds.RunAsync(
            settings.Rounds,
            [
                ("orca", () => Own.RunAsync($"orca-http --url {target.Url} --seconds {seconds}")),
                ("bare", () => Own.RunAsync($"bare-http --url {target.Url} --seconds {seconds}")),
                ("orca, profile", () => Own.RunAsync($"orca-http --url {target.Url} --seconds {seconds}", Own.Profile)),
                ("bare, profile", () => Own.RunAsync($"bare-http --url {target.Url} --seconds {seconds}", Own.Profile)),
                .. Yardstick.All.Where(tool => tool.IsThere).Select(tool => (tool.Name, (Func<Task<Reading>>)(() => tool.RunAsync(target.Url, settings.Seconds)))),
            ]);
        var profile = rounds.Ratio("orca, profile", "bare", Cpu);
        return
        [
            new("e.cpu", rounds.Median("orca", Cpu), "µs/request", "bare loop", rounds.Ratio("orca", "bare", Cpu)) { Goal = "≤ 1.05" },
            new("e.allocated", rounds.Median("orca", Bytes) - rounds.Median("bare", Bytes), "B/request beyond the bare loop's") { Goal = "≤ 64" },
            new("e.profile.cpu", rounds.Median("orca, profile", Cpu), "µs/request", "bare loop in the profile", rounds.Ratio("orca, profile", "bare, profile", Cpu)) { Goal = "≤ 1.05" },
            new("f.cpu", rounds.Median("orca, profile", Cpu), "µs/request", $"k6, as {BareByK6} of it is the bare loop", profile * BareByK6) { Goal = "≤ 0.25" },
            .. Yardstick.All.Where(tool => rounds.Has(tool.Name)).Select(tool =>
                new Figure($"e.{tool.Name}", rounds.Median(tool.Name, Cpu), "µs/request", "orca, profile", rounds.Ratio(tool.Name, "orca, profile", Cpu))),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> RatesAsync(RowSettings settings)
    {
        await using var target = await Nginx.StartAsync();
        List<Figure> figures = [];
        foreach (var rate in (int[])[10_000, 20_000, 30_000])
        {
            var rounds = await Rounds.RunAsync(
                settings.Rounds,
                ("orca", () => Own.RunAsync($"orca-rate --url {target.Url} --rate {rate} --users {Users} --warm 4 --seconds {settings.Seconds + 4}")),
                ("orca, profile", () => Own.RunAsync($"orca-rate --url {target.Url} --rate {rate} --users {Users} --warm 4 --seconds {settings.Seconds + 4}", Own.Profile)),
                ("bare, profile", () => Own.RunAsync($"bare-rate --url {target.Url} --rate {rate} --warm 4 --seconds {settings.Seconds + 4}", Own.Profile)));
            foreach (var name in (string[])["orca", "orca, profile"])
            {
                figures.Add(new($"g.{rate}.{name}.p99", rounds.Median(name, r => r["p99"]), "ms"));
                figures.Add(new($"g.{rate}.{name}.lost", rounds.Median(name, r => r["dropped"] + r["missed"]), "arrivals"));
                figures.Add(new($"g.{rate}.{name}.cpu", rounds.Median(name, Cpu), "µs/request", "a bare open loop in the profile", rounds.Ratio(name, "bare, profile", Cpu)));
                figures.Add(new($"j.{rate}.{name}", rounds.Worst(name, r => Math.Abs(r["planned"] - r["started"] - r["dropped"] - r["missed"])), "arrivals unaccounted for, at worst") { Goal = "0" });
            }
        }

        return figures;
    }

    public static async Task<IReadOnlyList<Figure>> LowRateAsync(RowSettings settings)
    {
        await using var target = await Nginx.StartAsync();
        var rounds = await Rounds.RunAsync(
            settings.Rounds,
            ("orca", () => Own.RunAsync($"orca-rate --url {target.Url} --rate 2000 --warm 4 --seconds {settings.Seconds + 4}")),
            ("bare", () => Own.RunAsync($"bare-rate --url {target.Url} --rate 2000 --warm 4 --seconds {settings.Seconds + 4}")),
            ("orca, profile", () => Own.RunAsync($"orca-rate --url {target.Url} --rate 2000 --warm 4 --seconds {settings.Seconds + 4}", Own.Profile)),
            ("bare, profile", () => Own.RunAsync($"bare-rate --url {target.Url} --rate 2000 --warm 4 --seconds {settings.Seconds + 4}", Own.Profile)));
        return
        [
            new("h.cpu", rounds.Median("orca, profile", Cpu), "µs/request, in the profile", "a bare open loop in it", rounds.Ratio("orca, profile", "bare, profile", Cpu)) { Goal = "≤ 130" },
            new("h.usual.cpu", rounds.Median("orca", Cpu), "µs/request", "a bare open loop", rounds.Ratio("orca", "bare", Cpu)),
            new("h.p99", rounds.Median("orca, profile", r => r["p99"]), "ms"),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> FirstSecondAsync(RowSettings settings)
    {
        await using var target = await Nginx.StartAsync();
        var rounds = await Rounds.RunAsync(
            settings.Rounds,
            ("orca", () => Own.RunAsync($"orca-first --url {target.Url}")),
            ("cold", () => Own.RunAsync($"orca-first --url {target.Url} --rehearsed 0")));
        return
        [
            new("m.first", rounds.Median("orca", r => r["p99.1"]), "ms, p99 of the first second", "p99 of the tenth", rounds.Median("orca", r => r["p99.1"] / r["p99.10"])) { Goal = "no difference" },
            new("m.first.max", rounds.Median("orca", r => r["max.1"]), "ms", "max of the tenth", rounds.Median("orca", r => r["max.1"] / r["max.10"])),
            new("m.cold", rounds.Median("cold", r => r["p99.1"]), "ms, p99 of the first second, not rehearsed", "p99 of the tenth", rounds.Median("cold", r => r["p99.1"] / r["p99.10"])),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> SoakAsync(RowSettings settings)
    {
        await using var target = await Nginx.StartAsync();
        var reading = await Own.RunAsync($"orca-soak --url {target.Url} --seconds {settings.Seconds}");
        return
        [
            .. Enumerable.Range(1, 10).Select(look => new Figure($"soak.rss.{look}", reading[$"rss.{look}"] / (1 << 20), $"MiB after {look} tenths")),
            .. Enumerable.Range(1, 10).Select(look => new Figure($"soak.heap.{look}", reading[$"heap.{look}"] / (1 << 20), $"MiB after {look} tenths")),
            new("soak.growth", reading["rss.10"] / reading["rss.2"], "memory at the end by that after two tenths") { Goal = "flat" },
            new("soak.p99", reading["p99"], "ms"),
            new("soak.lost", reading["dropped"] + reading["missed"], $"arrivals of {reading["started"] + reading["dropped"] + reading["missed"]:N0}"),
        ];
    }

    private static double Cpu(Reading reading) => reading.CpuMicroseconds;

    private static double Bytes(Reading reading) => reading["allocated"] / reading["count"];
}
