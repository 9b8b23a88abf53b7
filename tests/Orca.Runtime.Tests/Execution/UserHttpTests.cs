using System.Text;
using Orca.Measurement;
using Orca.Plans;

namespace Orca.Tests.Execution;

public sealed class UserHttpTests
{
    [Fact]
    public async Task Request_InAStep_CountsStatusAndBytesThere()
    {
        await using var server = new LoopbackServer(request => request.Path == "/missing"
            ? "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"
            : LoopbackServer.Ok("Hello, world!"));

        var measured = await RunAsync(server, 3, async (user, ct) =>
        {
            await user.StepAsync("get", async ct => Assert.Equal("Hello, world!", await user.Http.GetStringAsync("/", ct)));
            await user.StepAsync("post", async ct => (await user.Http.PostAsync("missing", new StringContent("12345"), ct)).Dispose());
            await user.Http.GetStringAsync("/outside", ct);
        });

        AssertHttp(measured, "get", 3, (200, 3), received: 39, sent: 0);
        AssertHttp(measured, "post", 3, (404, 3), received: 6, sent: 15);
        AssertHttp(measured, "(http)", 3, (200, 3), received: 39, sent: 0);
        Assert.Equal(3, measured.ResponseOk.Count);
    }

    [Fact]
    public async Task Answer_OfUnknownOrGreatLength_IsCountedAsItIsRead()
    {
        await using var server = new LoopbackServer(request => request.Path == "/chunked"
            ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nHello\r\n6\r\nworld!\r\n0\r\n\r\n"
            : LoopbackServer.Ok(new string('x', 200_000), "Content-Type: text/plain\r\n"));

        var measured = await RunAsync(server, 1, async (user, ct) =>
        {
            await user.StepAsync("chunked", async ct => Assert.Equal("Helloworld!", await user.Http.GetStringAsync("/chunked", ct)));
            await user.StepAsync("large", async ct =>
            {
                using var response = await user.Http.GetAsync("/large", ct);
                Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
                Assert.Equal(200_000, (await response.Content.ReadAsByteArrayAsync(ct)).Length);
            });
            await user.StepAsync("stream", async ct =>
            {
                await using var stream = await user.Http.GetStreamAsync("/large", ct);
                await stream.ReadExactlyAsync(new byte[1000], ct);
            });
            await user.StepAsync("unread", async ct => _ = await user.Http.GetAsync("/large", HttpCompletionOption.ResponseHeadersRead, ct));
        });

        AssertHttp(measured, "chunked", 1, (200, 1), received: 11, sent: 0);
        AssertHttp(measured, "large", 1, (200, 1), received: 200_000, sent: 0);
        Assert.InRange(measured.Steps["stream"].Http!.BytesReceived, 1000, 199_999);
        AssertHttp(measured, "unread", 1, (200, 1), received: 0, sent: 0);
    }

    [Fact]
    public async Task BodyOfUnknownLength_IsCountedAsItIsSent()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok("ok", "Connection: close\r\n"));

        var measured = await RunAsync(server, 1, async (user, ct) =>
        {
            using var content = new StreamContent(new NoLength(new byte[5000]));
            using var _ = await user.Http.PostAsync("/", content, ct);
        });

        Assert.Equal(5000, measured.Steps["(http)"].Http!.BytesSent);
    }

    [Fact]
    public async Task ConnectionThatBreaks_CountsAsBrokenAndFailsTheIteration()
    {
        await using var server = new LoopbackServer(_ => null);

        var measured = await RunAsync(server, 1, (user, _) => user.StepAsync("get", ct => user.Http.GetStringAsync("/", ct)).AsTask());

        var http = measured.Steps["get"].Http!;
        Assert.Equal((http.Requests, 0), (http.Broken, http.Statuses.Count));
        Assert.StartsWith("HttpRequestException", Assert.Single(measured.Errors).Key);
        Assert.Equal(1, measured.Steps["get"].Failed);
    }

    [Fact]
    public async Task Request_AnsweredOrNot_HasTimesToTheFirstByteAndToTheEnd()
    {
        await using var server = new LoopbackServer(request => LoopbackServer.Ok(new string('x', request.Path == "/large" ? 200_000 : 10)));

        var measured = await RunAsync(server, 2, async (user, ct) =>
        {
            await user.StepAsync("short", ct => user.Http.GetStringAsync("/", ct));
            await user.StepAsync("large", ct => user.Http.GetStringAsync("/large", ct));
            await user.StepAsync("unread", async ct => _ = await user.Http.GetAsync("/large", HttpCompletionOption.ResponseHeadersRead, ct));
        });

        foreach (var step in (string[])["short", "large"])
        {
            var (http, service) = (measured.Steps[step].Http!, measured.Steps[step].Service);
            Assert.Equal((2, 2), (http.FirstByte.Count, http.Total.Count));
            Assert.True(http.FirstByte.Min > 0 && http.FirstByte.Sum <= http.Total.Sum && http.Total.Sum <= service.Sum);
        }

        Assert.Equal((2, 0), (measured.Steps["unread"].Http!.FirstByte.Count, measured.Steps["unread"].Http!.Total.Count));
    }

    [Theory]
    [InlineData(null, "HttpRequestException.ResponseEnded")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nonly so much", "HttpRequestException.ResponseEnded")]
    [InlineData("HTTP/9 what\r\n\r\n", "HttpRequestException.InvalidResponse")]
    public async Task Request_ThatBreaks_CountsByKind(string? answer, string kind)
    {
        await using var server = new LoopbackServer(_ => answer, answersOnce: true);

        var measured = await RunAsync(server, 1, async (user, ct) => await user.Http.GetAsync("/", ct));

        var http = measured.Steps["(http)"].Http!;
        Assert.Equal((1, 1, 0), (http.Requests, http.Broken, http.Statuses.Count));
        Assert.Equal((kind, 1), (Assert.Single(http.Errors).Key, http.Errors.Values.Single().Count));
        Assert.Equal((0, 0), (http.FirstByte.Count, http.Total.Count));
    }

    [Fact]
    public async Task Cookies_AreEachUsersOwn()
    {
        await using var server = new LoopbackServer(request => LoopbackServer.Ok("", $"Set-Cookie: id={request.Path[1..]}; Path=/\r\n"));

        await RunAsync(server, 2, async (user, ct) =>
        {
            await user.Http.GetStringAsync($"/u{user.Iteration}", ct);
            await user.Http.GetStringAsync($"/u{user.Iteration}", ct);
        }, users: 2);

        Assert.Equal([null, null, "id=u0", "id=u1"], server.Requests.Select(r => r.Header("Cookie")).Order());
        Assert.All(server.Requests.Where(r => r.Header("Cookie") is not null), r => Assert.Equal($"/{r.Header("Cookie")![3..]}", r.Path));
    }

    [Fact]
    public async Task Redirects_AreFollowedWithTheirCookies_AndEachHopIsCounted()
    {
        await using var server = new LoopbackServer(request => request.Path switch
        {
            "/login" => LoopbackServer.Redirect(302, "/home?x=1", "Set-Cookie: session=7\r\n"),
            "/keep" => LoopbackServer.Redirect(307, "/kept"),
            _ => LoopbackServer.Ok("home"),
        });

        var measured = await RunAsync(server, 1, async (user, ct) =>
        {
            using var login = await user.Http.PostAsync("/login", new StringContent("secret"), ct);
            Assert.Equal("home", await login.Content.ReadAsStringAsync(ct));
            Assert.Equal("/home?x=1", login.RequestMessage!.RequestUri!.PathAndQuery);
            using var kept = await user.Http.PostAsync("/keep", new StringContent("body"), ct);
            Assert.Equal(200, (int)kept.StatusCode);
        });

        Assert.Equal(
            [("POST", "/login", "secret", null), ("GET", "/home?x=1", "", "session=7"), ("POST", "/keep", "body", "session=7"), ("POST", "/kept", "body", "session=7")],
            server.Requests.Select(r => (r.Method, r.Path, r.Body, r.Header("Cookie"))));
        Assert.Equal([(200, 2L), (302, 1L), (307, 1L)], measured.Steps["(http)"].Http!.Statuses.Select(s => (s.Key, s.Value)).Order());
    }

    [Fact]
    public async Task Redirects_WithoutEnd_StopAfterFifty()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Redirect(302, "/again"));

        await RunAsync(server, 1, async (user, ct) =>
        {
            using var response = await user.Http.GetAsync("/", ct);
            Assert.Equal(302, (int)response.StatusCode);
        });

        Assert.Equal(51, server.Requests.Count);
    }

    [Fact]
    public async Task RelativeAddress_WithoutATarget_TellsToSetIt()
    {
        var test = new FakeLoadTest { Run = async (user, ct) => await user.Http.GetStringAsync("/basket?id=1", ct) };
        await using var engine = RealEngine.Of(test, new RateStage(1, 1, TimeSpan.FromMilliseconds(100)));

        await engine.RunAsync();

        var error = engine.Measured.Errors["InvalidOperationException"];
        Assert.Contains("'/basket?id=1'", error.Sample);
        Assert.Contains("\"target\"", error.Sample);
    }

    [Fact]
    public async Task StepHttp_WhereStepsOverlap_CountsInThatStepWithTheUsersHeadersAndCookies()
    {
        // All three overlap for certain: none is answered before the last was sent.
        var sent = 0;
        using var all = new ManualResetEventSlim();
        await using var server = new LoopbackServer(request =>
        {
            if (request.Path == "/held" && Interlocked.Increment(ref sent) == 3)
            {
                all.Set();
            }
            else if (request.Path == "/held")
            {
                all.Wait(CancellationToken.None);
            }

            return LoopbackServer.Ok("ok", "Set-Cookie: a=b\r\n");
        });

        var measured = await RunAsync(server, 1, async (user, ct) =>
        {
            user.Http.DefaultRequestHeaders.Add("X-Key", "k");
            await user.Http.GetStringAsync("/", ct);
            await Task.WhenAll(
                user.StepAsync("a", (step, ct) => step.Http.GetStringAsync("/held", ct)).AsTask(),
                user.StepAsync("b", (step, ct) => step.Http.GetStringAsync("/held", ct)).AsTask(),
                user.StepAsync("c", ct => user.Http.GetStringAsync("/held", ct)).AsTask());
        });

        Assert.Equal((1, 1), (measured.Steps["a"].Http!.Requests, measured.Steps["b"].Http!.Requests));
        Assert.Equal(1, measured.Steps["(concurrent)"].Http!.Requests);
        Assert.All(server.Requests, r => Assert.Equal("k", r.Header("X-Key")));
        Assert.Equal(3, server.Requests.Count(r => r.Header("Cookie") == "a=b"));
    }

    [Theory]
    [InlineData(ConnectionMode.Shared, 1)]
    [InlineData(ConnectionMode.PerUser, 2)]
    [InlineData(ConnectionMode.PerIteration, 6)]
    public async Task Connections_AreSharedAsThePlanSays(ConnectionMode mode, int expected)
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Ok("ok"));
        using var oneAtATime = new SemaphoreSlim(1);
        var perUser = new System.Collections.Concurrent.ConcurrentDictionary<long, int>();

        await RunAsync(server, 6, async (user, ct) =>
        {
            await oneAtATime.WaitAsync(ct);
            await user.Http.GetStringAsync("/", ct);
            await user.Http.GetStringAsync("/", ct);
            perUser.AddOrUpdate(user.Id, 1, static (_, n) => n + 1);
            oneAtATime.Release();
            while (perUser.Count < 2)
            {
                await user.ThinkAsync(TimeSpan.FromMilliseconds(1));
            }
        }, users: 2, mode);

        Assert.Equal(12, server.Requests.Count);
        Assert.Equal(expected, server.Connections);
    }

    [Fact]
    public async Task Request_ThatTakesTooLong_FailsAsTimeOut()
    {
        using var hold = new ManualResetEventSlim();
        await using var server = new LoopbackServer(_ => { hold.Wait(); return null; });

        var measured = await RunAsync(server, 1, async (user, ct) =>
        {
            Assert.Equal(TimeSpan.FromSeconds(30), user.Http.Timeout);
            user.Http.Timeout = TimeSpan.FromMilliseconds(50);
            try
            {
                await user.Http.GetStringAsync("/", ct);
            }
            finally
            {
                hold.Set();
            }
        });

        Assert.Equal(1, measured.Errors["TimeoutException"].Count);
        Assert.Equal(1, measured.Steps["(http)"].Http!.Broken);
    }

    private static async Task<MeasurementSet> RunAsync(
        LoopbackServer server, int iterations, Func<VirtualUser, CancellationToken, Task> run, int users = 1, ConnectionMode mode = ConnectionMode.Shared)
    {
        Exception? failed = null;
        var test = new FakeLoadTest
        {
            Run = async (user, ct) =>
            {
                try
                {
                    await run(user, ct);
                }
                catch (Xunit.Sdk.XunitException e)
                {
                    failed = e;
                }
            },
        };
        var setting = new Setting { Target = server.Address, Connections = mode };
        await using var engine = RealEngine.Of(test, setting, new IterationsStage(iterations, users, TimeSpan.FromSeconds(60)));
        await engine.RunUntilAsync(() => engine.Measured.Finished == iterations);
        Assert.Null(failed);
        return engine.Measured;
    }

    private static void AssertHttp(MeasurementSet measured, string step, long requests, (int Status, long Count) status, long received, long sent)
    {
        var http = measured.Steps[step].Http;
        Assert.NotNull(http);
        Assert.Equal((requests, 0, received, sent), (http.Requests, http.Broken, http.BytesReceived, http.BytesSent));
        Assert.Equal((status.Status, status.Count), http.Statuses.Select(s => (s.Key, s.Value)).Single());
    }

    private sealed class NoLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
