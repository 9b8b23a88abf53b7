using System.Net;
using Orca.TestKit;

namespace Orca.Tests.Packages;

public sealed class PackageFeedTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task ResolveAsync_WebFeed_ResolvesInstallsAndNeedsItNoMore()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests").Depends("Lib", "1.0.0"), TestPackage.Library("Lib"));
        await using var server = new FeedServer(_shop.Feed);
        _shop.Configure(server.AsSource());
        var options = _shop.Options with { ExtraFeeds = [] };

        var pinned = await _shop.ResolveAsync("Acme.Tests", "1.0.0", options);
        await _shop.InstallAsync(pinned, options with { CacheFolder = Path.Combine(_shop.Folder, "drone") });
        server.Always = HttpStatusCode.InternalServerError;
        var requests = server.Requests;

        // Cached as a whole: neither leader nor drone asks again.
        Assert.Equal(pinned.Hash, (await _shop.ResolveAsync("Acme.Tests", "1.0.0", options)).Hash);
        await _shop.InstallAsync(pinned, options);
        Assert.Equal(requests, server.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "it answered 500")]
    [InlineData(HttpStatusCode.Unauthorized, "it refused the request (401 Unauthorized)")]
    public async Task ResolveAsync_FailingFeed_IsNamedWithItsAnswer(HttpStatusCode status, string expected)
    {
        await using var server = new FeedServer(_shop.Feed) { Always = status };
        _shop.Configure(server.AsSource());

        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests");

        Assert.Contains(expected, problem.What);
        Assert.Contains(server.Index, problem.What);
        Assert.NotNull(problem.Advice);
    }

    [Fact]
    public async Task ResolveAsync_FeedThatIsDown_IsNamedWithoutItsCredentials()
    {
        _shop.Configure($"<add key=\"web\" value=\"http://user:s3cret@127.0.0.1:{FeedServer.FreePort()}/{Guid.NewGuid():n}/index.json\" allowInsecureConnections=\"true\" />");

        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests");

        Assert.Contains("cannot be reached", problem.What);
        Assert.Contains("http://***@127.0.0.1:", problem.What);
        Assert.DoesNotContain("s3cret", problem.ToString());
    }

    [Fact]
    public async Task ResolveAndInstall_CredentialsInConfiguration_AreSent()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests"));
        await using var server = new FeedServer(_shop.Feed) { Credentials = "u:s3cret" };
        _shop.Configure(server.AsSource(), Credentials("s3cret"));
        var options = _shop.Options with { ExtraFeeds = [] };

        await _shop.InstallAsync(await _shop.ResolveAsync("Acme.Tests", null, options), options with { CacheFolder = Path.Combine(_shop.Folder, "drone") });
    }

    [Theory]
    [InlineData("wr0ng")]
    [InlineData(null)]
    public async Task ResolveAndInstall_WrongCredentialsOrNone_NameTheFeedAndWhereTheyBelong(string? password)
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests"));
        var pinned = await _shop.ResolveAsync("Acme.Tests");
        await using var server = new FeedServer(_shop.Feed) { Credentials = "u:s3cret" };
        _shop.Configure(server.AsSource(), password is null ? "" : Credentials(password));
        var drone = _shop.Drone("drone") with { ExtraFeeds = [] };

        foreach (var problem in new[] { await _shop.ProblemOfResolvingAsync("Acme.Tests", null, drone), Workshop.OnlyProblem(await _shop.TryInstallAsync(pinned, drone)) })
        {
            Assert.Contains($"from feed 'web' ({server.Index}) failed: it refused the request (401 Unauthorized)", problem.What, StringComparison.Ordinal);
            Assert.Contains("<packageSourceCredentials> of nuget.config", problem.Advice, StringComparison.Ordinal);
            Assert.DoesNotContain("wr0ng", problem.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ResolveAsync_CorruptPackageOnAWebFeed_IsTold()
    {
        _shop.Add(new TestPackage("Acme.Tests"));
        await using var server = new FeedServer(_shop.Feed) { EveryPackage = "not a zip file at all"u8.ToArray() };
        _shop.Configure(server.AsSource());

        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests", "1.0.0", _shop.Options with { ExtraFeeds = [] });

        Assert.Contains("Acme.Tests 1.0.0", problem.What);
        Assert.Contains(server.Index, problem.What);
    }

    [Fact]
    public async Task ResolveAndInstall_ThreeOfTenAnswersAre503_SucceedAsNuGetsOwnClientWould()
    {
        var ids = Enumerable.Range(1, 6).Select(number => $"Lib{number}").ToList();
        _shop.Add([TestPackage.WithTest("Acme.Tests").Depends("Lib1", "1.0.0"), .. ids.Select((id, i) => i + 1 < ids.Count ? TestPackage.Library(id).Depends(ids[i + 1], "1.0.0") : TestPackage.Library(id))]);
        await using var server = new FeedServer(_shop.Feed) { Unavailable = 30 };
        _shop.Configure(server.AsSource());
        var options = _shop.Options with { ExtraFeeds = [] };

        var pinned = await _shop.ResolveAsync("Acme.Tests", "1.*", options);
        await _shop.InstallAsync(pinned, options with { CacheFolder = Path.Combine(_shop.Folder, "drone") });

        Assert.Equal(7, pinned.Packages.Length);
        Assert.True(server.Refusals > 0);
    }

    [Fact]
    public async Task ResolveAndInstall_SlowFeed_Succeed()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests").Depends("Lib", "1.0.0"), TestPackage.Library("Lib"));
        await using var server = new FeedServer(_shop.Feed) { Delay = TimeSpan.FromMilliseconds(200) };
        _shop.Configure(server.AsSource());
        var options = _shop.Options with { ExtraFeeds = [] };

        await _shop.InstallAsync(await _shop.ResolveAsync("Acme.Tests", null, options), options with { CacheFolder = Path.Combine(_shop.Folder, "drone") });
    }

    [Fact]
    public async Task InstallAsync_WebFeedServesOtherBytesThanTheLock_IsRefusedNamingTheFeed()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests"));
        await using var server = new FeedServer(_shop.Feed);
        _shop.Configure(server.AsSource());
        var options = _shop.Options with { ExtraFeeds = [] };
        var pinned = await _shop.ResolveAsync("Acme.Tests", null, options);
        server.EveryPackage = TestPackage.WithTest("Acme.Tests", body: TestCompiler.Run + "public int Other;").Image();
        var other = options with { CacheFolder = Path.Combine(_shop.Folder, "drone") };

        // NuGet's cache of web answers may still have the right ones: the drone of another machine has not.
        await using var elsewhere = new FeedServer(_shop.Feed) { EveryPackage = server.EveryPackage };
        _shop.Configure(elsewhere.AsSource());
        var problem = Workshop.OnlyProblem(await _shop.TryInstallAsync(pinned, other));

        Assert.Contains("serves other bytes for Acme.Tests 1.0.0 than those that are pinned", problem.What, StringComparison.Ordinal);
        Assert.Contains(elsewhere.Index, problem.What, StringComparison.Ordinal);
        Assert.Contains("give what was built anew a new version", problem.Advice, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(other.CacheFolder, "acme.tests")));
    }

    [Fact]
    public async Task InstallAsync_OnlyFeedIsDown_NamesItAndWhatToDo()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests"));
        var pinned = await _shop.ResolveAsync("Acme.Tests");
        var index = $"http://127.0.0.1:{FeedServer.FreePort()}/{Guid.NewGuid():n}/index.json";
        _shop.Configure($"<add key=\"web\" value=\"{index}\" allowInsecureConnections=\"true\" />");

        var problem = Workshop.OnlyProblem(await _shop.TryInstallAsync(pinned, _shop.Drone("drone") with { ExtraFeeds = [] }));

        Assert.Contains($"Downloading Acme.Tests 1.0.0 from feed 'web' ({index}) failed: it cannot be reached", problem.What, StringComparison.Ordinal);
        Assert.Contains("Start the feed", problem.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResolveAndInstall_SeveralFeeds_TakeEachPackageFromWhicheverHasIt()
    {
        var other = Path.Combine(_shop.Folder, "other");
        _shop.Add(TestPackage.WithTest("Acme.Tests").Depends("Lib", "1.0.0").Depends("Floats", "1.*"), TestPackage.Library("Floats", "1.1.0"));
        TestPackage.Library("Lib").WriteTo(other);
        TestPackage.Library("Floats", "1.2.0").WriteTo(other);
        await using var one = new FeedServer(_shop.Feed);
        await using var two = new FeedServer(other);
        _shop.Configure(one.AsSource("one") + two.AsSource("two"));
        var options = _shop.Options with { ExtraFeeds = [] };

        var pinned = await _shop.ResolveAsync("Acme.Tests", null, options);
        await _shop.InstallAsync(pinned, options with { CacheFolder = Path.Combine(_shop.Folder, "drone") });

        Assert.Equal(["Acme.Tests 1.0.0", "Floats 1.2.0", "Lib 1.0.0"], pinned.Packages.Select(package => $"{package.Id} {package.Version}"));
    }

    [Fact]
    public async Task ResolveAsync_FeedThatDoesNotAnswer_IsNamedOnceItHadItsTime()
    {
        LongTest.Require();
        _shop.Add(TestPackage.WithTest("Acme.Tests"));
        await using var server = new FeedServer(_shop.Feed) { Delay = TimeSpan.FromMinutes(1) };
        _shop.Configure(server.AsSource());

        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests", null, _shop.Options with { ExtraFeeds = [] });

        Assert.Contains($"from feed 'web' ({server.Index}) failed: it did not answer in time", problem.What, StringComparison.Ordinal);
        Assert.NotNull(problem.Advice);
    }

    [Fact]
    public async Task InstallAsync_FeedIsDownButAnotherHasThePackage_Succeeds()
    {
        _shop.Add(TestPackage.WithTest("Acme.Tests"));
        var pinned = await _shop.ResolveAsync("Acme.Tests");
        _shop.Configure($"<add key=\"web\" value=\"http://127.0.0.1:{FeedServer.FreePort()}/{Guid.NewGuid():n}/index.json\" allowInsecureConnections=\"true\" /><add key=\"mine\" value=\"{_shop.Feed}\" />");

        await _shop.InstallAsync(pinned, _shop.Drone("drone") with { ExtraFeeds = [] });
    }

    [Fact]
    public async Task ResolveAsync_PlainHttp_IsRefused()
    {
        _shop.Configure("<add key=\"web\" value=\"http://feed.example/v3/index.json\" />");

        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests");

        Assert.Contains("'web' (http://feed.example/v3/index.json) is plain http", problem.What);
        Assert.Contains("allowInsecureConnections", problem.Advice);
    }

    [Fact]
    public async Task ResolveAsync_FolderThatDoesNotExist_IsRefused()
    {
        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests", null, _shop.Options with { ExtraFeeds = ["nowhere"] });

        Assert.Contains($"Feed '{Path.Combine(_shop.Folder, "nowhere")}' is a folder that does not exist", problem.What);
    }

    [Fact]
    public async Task ResolveAsync_NoFeedAtAll_IsTold()
    {
        Assert.Contains("No package feed is configured", (await _shop.ProblemOfResolvingAsync("Acme.Tests", null, _shop.Options with { ExtraFeeds = [] })).What);
    }

    [Fact]
    public async Task ResolveAsync_MalformedConfiguration_IsTold()
    {
        await File.WriteAllTextAsync(Path.Combine(_shop.Folder, "nuget.config"), "<configuration><packageSources>", TestContext.Current.CancellationToken);

        var problem = await _shop.ProblemOfResolvingAsync("Acme.Tests");

        Assert.Contains("Reading nuget.config", problem.What);
        Assert.Contains(_shop.Folder, problem.What);
    }

    private static string Credentials(string password) =>
        $"<packageSourceCredentials><web><add key=\"Username\" value=\"u\" /><add key=\"ClearTextPassword\" value=\"{password}\" /><add key=\"ValidAuthenticationTypes\" value=\"basic\" /></web></packageSourceCredentials>";
}
