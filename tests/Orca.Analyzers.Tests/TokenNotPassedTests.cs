namespace Orca.Tests.Analyzers;

public sealed class TokenNotPassedTests
{
    [Theory]
    [InlineData("await /*ORCA003*/user.Http.GetStringAsync(\"/\");")]
    [InlineData("await /*ORCA003*/Task.Delay(10);")]
    [InlineData("await user.StepAsync(\"a\", stop => /*ORCA003*/user.Http.GetStringAsync(\"/\"));")]
    [InlineData("await user.StepAsync(\"a\", async (step, stop) => { await /*ORCA003*/step.Http.GetStringAsync(\"/\"); });")]
    [InlineData("await /*ORCA003*/Own(1); static Task Own(int a, CancellationToken stop = default) => Task.Delay(a, stop);")]
    [InlineData("await Local(); async Task Local() => await /*ORCA003*/Task.Delay(10);")]
    [InlineData("using var content = new StringContent(\"\"); var text = await /*ORCA003*/content.ReadAsStringAsync();")]
    public Task Call_ThatCouldTakeTheToken_IsReported(string body) => Marked.IterationAsync(body);

    [Theory]
    [InlineData("await user.Http.GetStringAsync(\"/\", ct);")]
    [InlineData("await Task.Delay(10, CancellationToken.None);")]
    [InlineData("using var own = CancellationTokenSource.CreateLinkedTokenSource(ct); await Task.Delay(10, own.Token);")]
    [InlineData("await user.StepAsync(\"a\", stop => user.Http.GetStringAsync(\"/\", stop));")]
    [InlineData("await user.ThinkAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("await Local(); static async Task Local() => await Task.Delay(10);")]
    [InlineData("await Task.WhenAll(Task.CompletedTask);")]
    [InlineData("Console.WriteLine(\"a\".ToString());")]
    public Task Call_WithAToken_OrThatCannotHaveOne_IsLeftAlone(string body) => Marked.IterationAsync(body);

    [Fact]
    public Task Hooks_WithoutTheirToken_AreReportedToo() => Marked.TestAsync("""
            public async ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) => await /*ORCA003*/Task.Delay(1);
            public ValueTask RunAsync(VirtualUser user, CancellationToken ct) => default;
            private static async Task NoTokenAsync() => await Task.Delay(1);
        """);
}
