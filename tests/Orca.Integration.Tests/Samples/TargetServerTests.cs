using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Orca.Samples.Target;

namespace Orca.Tests.Samples;

public sealed class TargetServerTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private TargetServer _target = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _target = await TargetServer.StartAsync(ct: Ct);
        _client.BaseAddress = _target.Http;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _target.DisposeAsync();
    }

    [Fact]
    public async Task Read_AfterParallelRequests_CountsEachOnceByEndpointAndStatus()
    {
        await Parallel.ForAsync(0, 500, Ct, async (number, ct) =>
        {
            var path = (number % 5) switch { 0 => "/fast", 1 => "/fail?every=2", 2 => "/nowhere", 3 => "/search?q=tea", _ => "/" };
            using var answer = await _client.GetAsync(path, ct);
        });

        var reading = _target.Read();
        Assert.Equal(500, reading.Requests);
        Assert.Equal(500, reading.RequestsPerSecond.Sum());
        Assert.Equal(["(unknown)", "/", "/fail", "/fast", "/search"], reading.Endpoints.Keys);
        Assert.All(reading.Endpoints.Values, endpoint => Assert.Equal(100, endpoint.Arrived));
        Assert.Equal(new Dictionary<int, long> { [200] = 50, [500] = 50 }, reading.Endpoints["/fail"].Statuses);
        Assert.Equal(new Dictionary<int, long> { [404] = 100 }, reading.Endpoints["(unknown)"].Statuses);
        Assert.Equal(new Dictionary<int, long> { [200] = 100 }, reading.Endpoints["/"].Statuses);
    }

    [Fact]
    public async Task Log_ReadAndReset_IsNotCountedItself()
    {
        Assert.Equal(13, (await _client.GetStringAsync("/fast", Ct)).Length);

        using var log = JsonDocument.Parse(await _client.GetStringAsync("/log", Ct));
        Assert.Equal(1, log.RootElement.GetProperty("requests").GetInt64());
        Assert.Equal(1, log.RootElement.GetProperty("endpoints").GetProperty("/fast").GetProperty("statuses").GetProperty("200").GetInt64());

        using var reset = await _client.PostAsync("/log/reset", null, Ct);
        Assert.Equal(0, _target.Read().Requests);
        Assert.Empty(_target.Read().Endpoints);
    }

    [Fact]
    public async Task Slow_GivenUpByTheClient_CountsAs499()
    {
        using (var given = CancellationTokenSource.CreateLinkedTokenSource(Ct))
        {
            var request = _client.GetAsync("/slow?ms=60000", given.Token);
            await UntilAsync(() => _target.Read().Requests == 1);
            await given.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        }

        await UntilAsync(() => _target.Read().Endpoints["/slow"].Statuses.GetValueOrDefault(499) == 1);
    }

    [Fact]
    public async Task Freeze_OfTheTarget_HoldsBackHttpAndEchoUntilItEnds()
    {
        using var echo = await ConnectAsync();
        var started = Stopwatch.GetTimestamp();
        _target.Freeze(TimeSpan.Zero, TimeSpan.FromMilliseconds(300));

        await Task.WhenAll(_client.GetStringAsync("/fast", Ct), AskAsync(echo, "hello"));

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(300));
        Assert.Equal(1, _target.Read().EchoMessages);
    }

    [Fact]
    public async Task Dispose_WhileFrozen_LetsTheWaitingGo()
    {
        var target = await TargetServer.StartAsync(ct: Ct);
        target.Freeze(TimeSpan.Zero, TimeSpan.FromHours(1));
        var request = _client.GetAsync(new Uri(target.Http, "/fast"), Ct);
        await UntilAsync(() => target.Read().Requests == 1);

        await target.DisposeAsync();

        await Task.WhenAny(request).WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    [Fact]
    public async Task Echo_OfLines_SendsEachBackAndCountsThem()
    {
        using var first = await ConnectAsync();
        using var second = await ConnectAsync();

        Assert.Equal("one", await AskAsync(first, "one"));
        Assert.Equal("two\nthree", await AskAsync(second, "two\nthree", lines: 2));

        var reading = _target.Read();
        Assert.Equal((2, 3), (reading.EchoConnections, reading.EchoMessages));
        Assert.Equal(3, reading.EchoMessagesPerSecond.Sum());
    }

    [Fact]
    public async Task Checkout_WithTheSessionCookie_ChargesTheBasketOnce()
    {
        using var empty = await _client.PostAsync("/checkout", null, Ct);
        Assert.Equal(HttpStatusCode.Conflict, empty.StatusCode);

        using var basket = await _client.PostAsJsonAsync("/basket", new { item = 5, quantity = 2 }, Ct);
        Assert.Equal(HttpStatusCode.Created, basket.StatusCode);

        using var paid = await _client.PostAsync("/checkout", null, Ct);
        using var receipt = JsonDocument.Parse(await paid.Content.ReadAsStringAsync(Ct));
        Assert.Equal(48m, receipt.RootElement.GetProperty("total").GetDecimal());

        using var again = await _client.PostAsync("/checkout", null, Ct);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Ct);
        }
    }

    private static async Task<string> AskAsync(TcpClient client, string text, int lines = 1)
    {
        var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text + "\n"), Ct);
        using var reader = new StreamReader(stream, leaveOpen: true);
        var answers = new List<string?>();
        while (answers.Count < lines)
        {
            answers.Add(await reader.ReadLineAsync(Ct));
        }

        return string.Join('\n', answers);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(_target.Echo), Ct);
        return client;
    }
}
