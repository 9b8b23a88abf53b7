namespace Orca.Tests.Analyzers;

public sealed class StepNotAwaitedTests
{
    [Theory]
    [InlineData("/*ORCA005*/user.StepAsync(\"a\", ct => user.Http.GetStringAsync(\"/\", ct));")]
    [InlineData("_ = /*ORCA005*/user.StepAsync(\"a\", ct => default(ValueTask));")]
    [InlineData("var step = /*ORCA005*/user.StepAsync(\"a\", ct => default(ValueTask));")]
    [InlineData("_ = /*ORCA005*/user.StepAsync(\"a\", ct => default(ValueTask)).AsTask();")]
    [InlineData("/*ORCA005*/user.ThinkAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("/*ORCA005*/user.PaceAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("await user.StepAsync(\"a\", ct => { /*ORCA005*/user.StepAsync(\"b\", ct => default(ValueTask)); return default(ValueTask); });")]
    public Task Step_ThatNobodyWaitsFor_IsReported(string body) => Marked.IterationAsync(body);

    [Theory]
    [InlineData("await user.StepAsync(\"a\", ct => default(ValueTask));")]
    [InlineData("var text = await user.StepAsync(\"a\", ct => user.Http.GetStringAsync(\"/\", ct));")]
    [InlineData("var step = user.StepAsync(\"a\", ct => default(ValueTask)); await step;")]
    [InlineData("await Task.WhenAll(user.StepAsync(\"a\", ct => default(ValueTask)).AsTask(), user.ThinkAsync(TimeSpan.Zero).AsTask());")]
    [InlineData("await user.StepAsync(\"a\", ct => user.StepAsync(\"b\", ct => default(ValueTask)));")]
    [InlineData("await Twice(); ValueTask Twice() => user.StepAsync(\"a\", ct => default(ValueTask));")]
    public Task Step_ThatIsWaitedFor_IsLeftAlone(string body) => Marked.IterationAsync(body);

    [Fact]
    public Task Step_InAHelperOfItsOwn_IsReported() => Marked.SourceAsync("""
        public static class Steps
        {
            public static void Pay(VirtualUser user) => /*ORCA005*/user.StepAsync("pay", ct => default(ValueTask));
            public static ValueTask BuyAsync(VirtualUser user) => user.StepAsync("buy", ct => default(ValueTask));
        }
        """);
}
