namespace Orca.Samples.EchoTest;

[LoadTest("echo", Description = "Users with a TCP connection each say a line ten times a second and hear it again.")]
public sealed class EchoLoadTest : LoadTest<EchoConnection>
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private string _host = "";
    private int _port;

    public override ValueTask SetUpAsync(LoadTestContext context, CancellationToken ct)
    {
        var echo = context.Parameters["echo"];
        if (echo?.Split(':') is not [var host, var text] || !int.TryParse(text, out var port))
        {
            throw new InvalidOperationException($"The parameter 'echo' is '{echo}'; it must be the echo's address, such as localhost:7007.");
        }

        (_host, _port) = (host, port);
        return default;
    }

    protected override ValueTask<EchoConnection> StartUserAsync(VirtualUser user, CancellationToken ct) =>
        EchoConnection.OpenAsync(_host, _port, ct);

    protected override async ValueTask RunAsync(VirtualUser user, EchoConnection connection, CancellationToken ct)
    {
        var line = $"user {user.Id}, iteration {user.Iteration}";

        // A static lambda that is handed its state allocates nothing: worth it where iterations are many and short.
        var answer = await user.StepAsync("ask", (connection, line), static (ask, step, ct) => ask.connection.AskAsync(ask.line, ct));
        user.Check("same-line", answer == line);

        await user.PaceAsync(Period);
    }

    protected override ValueTask StopUserAsync(VirtualUser user, EchoConnection connection, CancellationToken ct) =>
        connection.DisposeAsync();
}
