using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Orca.Tests.Hosting;

/// <summary>Logs and attaches what it was constructed with; each user keeps a count.</summary>
public sealed class GreetLoadTest(Greeting greeting, IConfiguration parameters, TimeProvider clock, ILogger<GreetLoadTest> logger) : LoadTest<List<long>>
{
    protected override ValueTask<List<long>> StartUserAsync(VirtualUser user, CancellationToken ct) => new([]);

    protected override ValueTask RunAsync(VirtualUser user, List<long> state, CancellationToken ct)
    {
        state.Add(user.Iteration);
        user.Check("real-clock", clock == TimeProvider.System);
        user.Check("same-parameters", user.Context.Parameters["password"] == parameters["password"]);
        user.Context.Attach("greeting", greeting.Text);
        user.Context.Attach("password", parameters["password"]);
        user.Context.Attach("count", state.Count);
        logger.LogInformation("{Greeting}", greeting.Text);
        return default;
    }
}
