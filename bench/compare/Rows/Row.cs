namespace Orca.Compare.Rows;

/// <summary>One row of the goals: runs its subjects in turn and tells its figures.</summary>
internal sealed record Row(string Name, string Work, Func<RowSettings, Task<IReadOnlyList<Figure>>> RunAsync)
{
    /// <summary>Whether it runs only when it is asked for by name.</summary>
    public bool IsLong { get; init; }

    public static IReadOnlyList<Row> All { get; } =
    [
        new("a", "empty iterations, timed and recorded in full, on one core", EngineRows.EmptyAsync),
        new("b", "users that sleep", EngineRows.SleepAsync),
        new("c", "100,000 users that think 1 s in a loop, on one core", EngineRows.ThinkAsync),
        new("d", "arrivals until the user's code runs, on one core", EngineRows.ArrivalsAsync),
        new("e", "closed load over HTTP, 64 users, keep-alive, 13 bytes", HttpRows.ClosedAsync),
        new("g", "open load over HTTP, one core", HttpRows.RatesAsync),
        new("h", "open load over HTTP at 2,000/s", HttpRows.LowRateAsync),
        new("i", "a target that stands still for 1 s in 10 s at 2,000/s", FaultRows.FreezeAsync),
        new("k", "asked for four times what it can do", FaultRows.OverloadAsync),
        new("m", "the first second of a load beside its tenth", HttpRows.FirstSecondAsync),
        new("start", "from the start of a process with leader and drone to its first request", FaultRows.StartAsync),
        new("soak", "ten minutes at 5,000/s", HttpRows.SoakAsync) { IsLong = true },
        new("l", "recording, snapshots, merging", EngineRows.MeasureAsync),
    ];
}
