namespace Orca.Tests.Analyzers;

public sealed class BlockingCallTests
{
    [Theory]
    [InlineData("/*ORCA001*/Thread.Sleep(10);")]
    [InlineData("/*ORCA001*/Task.Delay(10, ct).Wait(ct);")]
    [InlineData("var text = /*ORCA001*/user.Http.GetStringAsync(\"/\", ct).Result;")]
    [InlineData("var text = /*ORCA001*/user.Http.GetStringAsync(\"/\", ct).GetAwaiter().GetResult();")]
    [InlineData("var text = /*ORCA001*/user.Http.GetStringAsync(\"/\", ct).ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("/*ORCA001*/_gate.Wait(ct);")]
    [InlineData("/*ORCA001*/Task.WaitAll(Task.CompletedTask);")]
    [InlineData("using var response = /*ORCA001*/user.Http.Send(new HttpRequestMessage(), ct);")]
    [InlineData("/*ORCA001*/new AutoResetEvent(false).WaitOne();")]
    [InlineData("/*ORCA001*/Parallel.For(0, 3, _ => { });")]
    [InlineData("await user.StepAsync(\"a\", ct => { /*ORCA001*/Thread.Sleep(1); return Task.CompletedTask; });")]
    [InlineData("Local(); void Local() => /*ORCA001*/Thread.Sleep(1);")]
    [InlineData("var task = Task.Run(() => 1, ct); var early = /*ORCA001*/task.Result; await task;")]
    public Task Iteration_WithACallThatBlocks_IsReported(string body) => Marked.IterationAsync(body);

    [Theory]
    [InlineData("await Task.Delay(10, ct);")]
    [InlineData("var a = Task.Run(() => 1, ct); var b = Task.Run(() => 2, ct); await Task.WhenAll(a, b); var sum = a.Result + b.Result;")]
    [InlineData("var a = Task.Run(() => 1, ct); await a; var one = a.GetAwaiter().GetResult();")]
    [InlineData("var a = Task.Run(() => 1, ct); if (a.IsCompletedSuccessfully) { var one = a.Result; }")]
    [InlineData("var one = Task.FromResult(1).Result;")]
    [InlineData("if (_gate.Wait(0)) { _gate.Release(); }")]
    [InlineData("if (_gate.Wait(TimeSpan.Zero)) { _gate.Release(); }")]
    [InlineData("lock (_gate) { }")]
    public Task Iteration_ThatHoldsNoThread_IsLeftAlone(string body) => Marked.IterationAsync(body);

    [Fact]
    public Task Method_ThatAnIterationCalls_IsReportedAndOthersAreNot() => Marked.TestAsync("""
            public SomeLoadTest() => Thread.Sleep(1);
            public ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct) { Thread.Sleep(1); Unused(); return default; }
            public ValueTask RunAsync(VirtualUser user, CancellationToken ct) { Buy(user); return default; }
            public ValueTask StopUserAsync(VirtualUser user, CancellationToken ct) { /*ORCA001*/Thread.Sleep(1); return default; }
            private void Buy(VirtualUser user) => Pay(0);
            private void Pay(int depth) { if (depth < 3) { Pay(depth + 1); } /*ORCA001*/Thread.Sleep(1); }
            private void Unused() => Thread.Sleep(1);
        """);

    [Fact]
    public Task Class_ThatIsNoLoadTest_IsLeftAlone() => Marked.SourceAsync("""
        public sealed class Other
        {
            public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) { await Task.Yield(); Thread.Sleep(1); }
        }
        """);

    [Fact]
    public Task TypedTest_WithACallThatBlocks_IsReported() => Marked.SourceAsync("""
        public sealed class TypedTest : LoadTest<string>
        {
            protected override ValueTask<string> StartUserAsync(VirtualUser user, CancellationToken ct) { /*ORCA001*/Thread.Sleep(1); return new("a"); }
            protected override ValueTask RunAsync(VirtualUser user, string state, CancellationToken ct) { /*ORCA001*/Thread.Sleep(1); return default; }
        }
        """);
}
