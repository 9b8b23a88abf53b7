using System.Diagnostics;
using Orca.Bench;
using Orca.Compare.Loads;
using Orca.Compare.Tools;

namespace Orca.Compare.Rows;

/// <summary>The rows in which something is wrong, and the one that runs from a process's start.</summary>
internal static class FaultRows
{
    public static async Task<IReadOnlyList<Figure>> FreezeAsync(RowSettings settings)
    {
        await using var target = await Nginx.StartAsync();
        var rounds = await Rounds.RunAsync(
            settings.Rounds,
            ("free", () => Own.RunAsync($"orca-freeze --url {target.Url} --process {target.Worker} --rate 2000")),
            ("bounded", () => Own.RunAsync($"orca-freeze --url {target.Url} --process {target.Worker} --rate 2000 --users 64")));
        return
        [
            new("i.p99", rounds.Median("free", r => r["p99"]), "ms from the intended start", "arithmetic", rounds.Median("free", r => r["p99"] / r["ideal99"])) { Goal = "within 2 %" },
            new("i.max", rounds.Median("free", r => r["max"]), "ms from the intended start", "arithmetic", rounds.Median("free", r => r["max"] / r["idealMax"])) { Goal = "within 1.5 %" },
            new("i.lost", rounds.Worst("free", r => r["dropped"] + r["missed"]), "arrivals, at worst") { Goal = "0" },
            new("i.bounded.max", rounds.Median("bounded", r => r["max"]), "ms, 64 users", "arithmetic", rounds.Median("bounded", r => r["max"] / r["idealMax"])) { Goal = "within 1.5 %" },
            new("i.bounded.dropped", rounds.Median("bounded", r => r["dropped"]), "arrivals of 20,000, all counted"),
            new("i.bounded.known", rounds.Median("bounded", r => r["known"]), "the highest percentile that is told as known: p99 is marked as unknown") { Goal = "< 99" },
            new("i.bounded.unaccounted", rounds.Worst("bounded", r => Math.Abs(r["planned"] - r["started"] - r["dropped"] - r["missed"])), "arrivals unaccounted for, at worst") { Goal = "0" },
        ];
    }

    public static async Task<IReadOnlyList<Figure>> OverloadAsync(RowSettings settings)
    {
        await using var target = await Nginx.StartAsync();
        using var folder = await SwarmFolder.MakeAsync();
        const int Seconds = 5;
        var busy = folder.Plan("busy", """{ "test": "busy", "maxUsers": 100, "load": [ { "rate": 2000, "for": "5s" } ] }""", target.Url);
        var get = folder.Plan("get", """{ "test": "get", "maxUsers": 1000, "load": [ { "rate": 80000, "for": "5s" } ] }""", target.Url);
        var rounds = await Rounds.RunAsync(
            settings.Rounds,
            ("busy", () => Own.RunAsync($"orca-swarm --folder {folder.Path} --plan {busy} --seconds {Seconds}")),
            ("get", () => Own.RunAsync($"orca-swarm --folder {folder.Path} --plan {get} --seconds {Seconds}")));
        return
        [
            .. ((string[])["busy", "get"]).SelectMany(name => (Figure[])
            [
                new($"k.{name}.ended", rounds.Worst(name, r => r["endedAfter"]), "s after its time, at worst") { Goal = "≤ 2" },
                new($"k.{name}.invalid", rounds.Median(name, r => r["invalid"]), "1: the verdict is invalid") { Goal = "1" },
                new($"k.{name}.generator", rounds.Median(name, r => r["generator"]), "reasons whose cause is the generator") { Goal = "≥ 1" },
                new($"k.{name}.seconds", rounds.Median(name, r => r["invalidSeconds"]), "s, the longest window that a reason names, of 5") { Goal = "> 0" },
                new($"k.{name}.silent", rounds.Worst(name, r => r["silent"]), "times that the leader missed the drone, at worst") { Goal = "0" },
                new($"k.{name}.rate", rounds.Median(name, r => r["finished"] / Seconds), "iterations/s done all the same"),
                new($"k.{name}.unaccounted", rounds.Worst(name, r => Math.Abs(r["unaccounted"])), "arrivals unaccounted for, at worst") { Goal = "0" },
            ]),
        ];
    }

    public static async Task<IReadOnlyList<Figure>> StartAsync(RowSettings settings)
    {
        using var folder = await SwarmFolder.MakeAsync();
        await using var target = new FirstRequest();
        var plan = folder.Plan("get", """{ "test": "get", "load": [ { "rate": 10, "for": "1s" } ] }""", target.Url);
        async Task<Reading> StartOnceAsync(string isolation)
        {
            target.Expect();
            var reading = await Own.RunAsync($"orca-swarm --folder {folder.Path} --plan {plan} --isolation {isolation}");
            reading["first"] = target.After.TotalSeconds;
            return reading;
        }

        // The first run fills the cache.
        await StartOnceAsync("inprocess");
        var rounds = await Rounds.RunAsync(settings.Rounds, ("in process", () => StartOnceAsync("inprocess")), ("in a child", () => StartOnceAsync("process")));
        return
        [
            new("m.start", rounds.Median("in process", r => r["first"]), "s from the process's start to the first request, in process") { Goal = "≤ 1.5" },
            new("m.start.child", rounds.Median("in a child", r => r["first"]), "s, the test in a process of its own"),
        ];
    }
}
