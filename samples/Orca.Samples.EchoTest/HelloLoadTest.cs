namespace Orca.Samples.EchoTest;

[LoadTest("hello", Description = "A visitor looks in.")]
public sealed class HelloLoadTest : ILoadTest
{
    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        var page = await user.StepAsync("home", ct => user.Http.GetStringAsync("/", ct));
        user.Check("greets", page.StartsWith("Hello"));
    }
}
