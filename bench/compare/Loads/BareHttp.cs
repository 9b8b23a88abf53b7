namespace Orca.Compare.Loads;

/// <summary>The yardstick of requests: loops on one shared <see cref="HttpClient"/> with the settings of <c>user.Http</c>, nothing recorded.</summary>
internal static class BareHttp
{
    private static volatile bool _isOver;

    public static async Task<Reading> RunAsync(Options options)
    {
        using var client = BareClient.Create();
        using var cut = new CancellationTokenSource();
        var (counts, url) = (new long[options.Number("users", 64) * 8], new Uri(options.Text("url")));
        var loops = Enumerable.Range(0, options.Number("users", 64)).Select(user => Task.Run(() => LoopAsync(client, url, counts, user * 8, cut.Token))).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(2));
        var (count, since) = (counts.Sum(), Meter.Read());
        await Task.Delay(options.Seconds("seconds", 5) - TimeSpan.FromSeconds(2));
        var reading = new Reading();
        Meter.Read().AddTo(reading, since, counts.Sum() - count);
        _isOver = true;
        await Task.WhenAll(loops);
        return reading;
    }

    private static async Task LoopAsync(HttpClient client, Uri url, long[] counts, int at, CancellationToken ct)
    {
        while (!_isOver)
        {
            using var response = await client.GetAsync(url, ct);
            counts[at]++;
        }
    }
}
