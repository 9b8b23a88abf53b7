namespace Orca.Tests.Results.Elasticsearch;

/// <summary>Waits for what another thread or process does, and names it where it does not come.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<bool> holds, string what)
    {
        var deadline = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30);
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"There was not {what} within 30 s.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
