namespace Orca.Tests.Hosting;

/// <summary>Looks at a page, for the snippets.</summary>
public sealed class VisitLoadTest : ILoadTest
{
    public async ValueTask RunAsync(VirtualUser user, CancellationToken ct)
    {
        var page = await user.StepAsync("home", ct => user.Http.GetStringAsync("/", ct));
        user.Check("greets", page.StartsWith(user.Context.Parameters["greeting"]!, StringComparison.Ordinal));
    }
}
