namespace Orca.Runs;

/// <summary>Gives a piece of work so much time, and a little more to heed its token; what ignores that is left behind.</summary>
internal static class TimeLimit
{
    private static readonly TimeSpan Heed = TimeSpan.FromSeconds(2);

    /// <summary>Runs it; a problem that names <paramref name="what"/> where its time ran out.</summary>
    public static async Task<Outcome<T>> RunAsync<T>(string what, TimeSpan limit, TimeProvider clock, Func<CancellationToken, Task<Outcome<T>>> work, CancellationToken ct)
        where T : class
    {
        using var timer = new CancellationTokenSource(limit, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, timer.Token);
        try
        {
            return await work(linked.Token).WaitAsync(limit + Heed, clock, ct);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new Problem($"{what} was not done within {limit.TotalSeconds:0.#} s.")
            {
                Advice = "Make it faster, or give it more time.",
            };
        }
    }
}
