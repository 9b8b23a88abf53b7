using Orca.TestKit;

namespace Orca.Tests.Results;

/// <summary>A browser for the tests of a class, started by the first that needs it.</summary>
public sealed class OneBrowser : IAsyncDisposable
{
    private Chromium? _browser;

    public async Task<Chromium> GetAsync() => _browser ??= await Chromium.StartAsync();

    public ValueTask DisposeAsync() => _browser?.DisposeAsync() ?? default;
}
