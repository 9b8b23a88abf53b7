namespace Orca.Tests.Analyzers;

public sealed class ClientPerIterationTests
{
    [Theory]
    [InlineData("using var http = /*ORCA002*/new HttpClient();")]
    [InlineData("using HttpClient http = /*ORCA002*/new();")]
    [InlineData("using var http = /*ORCA002*/new HttpClient(new SocketsHttpHandler());")]
    [InlineData("var handler = /*ORCA002*/new SocketsHttpHandler();")]
    [InlineData("await user.StepAsync(\"a\", async ct => { using var http = /*ORCA002*/new HttpClient(); await http.GetStringAsync(\"/\", ct); });")]
    public Task Iteration_ThatMakesAClient_IsReported(string body) => Marked.IterationAsync(body);

    [Fact]
    public Task Client_OfTheTestOrOfAUser_IsLeftAlone() => Marked.TestAsync("""
            private readonly HttpClient _all = new();
            public SomeLoadTest() => _all.Timeout = new HttpClient().Timeout;
            public ValueTask StartUserAsync(VirtualUser user, CancellationToken ct) { user.State = new HttpClient(); return default; }
            public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/");
                using var response = await user.Http.SendAsync(request, ct);
                await _all.GetStringAsync("http://localhost/", ct);
            }
        """);

    [Fact]
    public Task Client_MadeInAMethodThatTheIterationCalls_IsReported() => Marked.TestAsync("""
            public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) { using var http = Make(); await Task.Yield(); }
            private static HttpClient Make() => /*ORCA002*/new HttpClient();
        """);
}
