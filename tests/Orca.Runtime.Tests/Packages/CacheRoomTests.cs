using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orca.Packages;
using Orca.TestKit;

namespace Orca.Tests.Packages;

public sealed class CacheRoomTests : IDisposable
{
    private readonly Workshop _shop = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task KeepBelow_TooMuch_RemovesWhatWasUnusedForLongestAndIsNotHeld()
    {
        var (held, old, recent) = (await InstallAsync("Held"), await InstallAsync("Old"), await InstallAsync("Recent"));
        Use(held, daysAgo: 9);
        Use(old, daysAgo: 5);
        Use(recent, daysAgo: 1);
        using var lease = new PackageInstaller(_shop.Options).Hold(held);
        var one = Cache.Entries().First().Bytes;

        KeepBelow(2 * one + (one / 2));

        Assert.Equal(["held", "recent"], Left());
    }

    [Fact]
    public async Task KeepBelow_NothingMayStayButAllWasJustUsed_RemovesNothing()
    {
        await InstallAsync("Acme");

        KeepBelow(0);

        Assert.Equal(["acme"], Left());
    }

    [Fact]
    public async Task KeepBelow_LeaseIsOver_RemovesAndTheNextRunInstallsAnew()
    {
        var pinned = await InstallAsync("Acme");
        Use(pinned, daysAgo: 1);
        using (new PackageInstaller(_shop.Options).Hold(pinned))
        {
            KeepBelow(0);
            Assert.Equal(["acme"], Left());
        }

        KeepBelow(0);
        Assert.Empty(Left());

        await _shop.InstallAsync(pinned);
        Assert.Equal(["acme"], Left());
    }

    private PackageCache Cache => new(_shop.Cache);

    private async Task<PackageLock> InstallAsync(string id)
    {
        _shop.Add(TestPackage.Library(id));
        var pinned = await _shop.ResolveAsync(id);
        await _shop.InstallAsync(pinned);
        return pinned;
    }

    private void Use(PackageLock pinned, int daysAgo) => Cache.Touch(pinned.Packages[0], _clock.GetUtcNow() - TimeSpan.FromDays(daysAgo));

    private void KeepBelow(long bytes)
    {
        using var staging = new StagingFolder(_shop.Cache);
        new CacheRoom(Cache, _clock, NullLogger.Instance).KeepBelow(bytes, staging);
    }

    private string[] Left() => [.. Cache.Entries().Select(entry => Path.GetFileName(Path.GetDirectoryName(entry.Folder)!)).Order(StringComparer.Ordinal)];
}
