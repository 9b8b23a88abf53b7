using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orca.Isolation;
using Orca.Packages;
using Orca.Plans;
using Orca.TestKit;

namespace Orca.Tests.Isolation;

public sealed class LoadedTestPackageTests : IDisposable
{
    private const string Run = TestCompiler.Run;

    private readonly Workshop _shop = new();
    private readonly LogCapture _log = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Construct_Services_AreInjected()
    {
        await using var package = await LoadAsync(new TestPackage("Acme.Tests").Source("""
            public sealed class Basket { public string Name = ""; }
            public sealed class Startup : ILoadTestStartup {
                public void ConfigureServices(IServiceCollection services, IConfiguration parameters) => services.AddSingleton(new Basket { Name = parameters["basket"] + "" }); }
            public sealed class BuyTest(Basket basket, IConfiguration parameters, TimeProvider clock, ILogger<BuyTest> logger) : ILoadTest {
                public ValueTask RunAsync(VirtualUser user, CancellationToken ct) {
                    logger.LogInformation("{Basket} {Catalog} {User} {Year}", basket.Name, parameters["catalog"], parameters["login:user"], clock.GetUtcNow().Year);
                    return default; } }
            """));
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var plan = Plan(Scenario("buy", ("basket", new ParameterValue("large"))), ("catalog", new ParameterValue("small")), ("basket", new ParameterValue("tiny")), ("login:user", new ParameterValue(null, "shop-login")));

        await using var test = Workshop.Good(package.Construct(plan.Scenarios[0], plan, new Dictionary<string, string> { ["shop-login"] = "s3cret" }, clock, _log));
        await test.Test.RunAsync(null!, TestContext.Current.CancellationToken);

        Assert.Equal("large small s3cret 2031", Assert.Single(_log.Lines));
        Assert.Equal("large", test.Parameters["basket"]);
    }

    [Fact]
    public async Task Construct_MissingSecret_NamesItsKey()
    {
        await using var package = await LoadAsync(TestPackage.WithTest("Acme.Tests"));
        var plan = Plan(Scenario("sample"), ("login", new ParameterValue(null, "shop-login")));

        var problem = Workshop.OnlyProblem(package.Construct(plan.Scenarios[0], plan, new Dictionary<string, string>(), TimeProvider.System, _log));

        Assert.Contains("Parameter 'login' of scenario 'sample' is the secret 'shop-login'", problem.What);
        Assert.Contains("Orca:Secrets:shop-login", problem.Advice);
    }

    [Fact]
    public async Task Construct_UnknownTest_ListsTheKnownAndTheNearest()
    {
        await using var package = await LoadAsync(TestPackage.WithTest("Acme.Tests"));

        var problem = Workshop.OnlyProblem(Construct(package, "smaple"));

        Assert.Equal("scenarios.smaple.test", problem.Where);
        Assert.Contains("has no test 'smaple'; it has sample.", problem.What);
        Assert.Contains("'sample'", problem.Advice);
    }

    [Theory]
    [InlineData("public sealed class BadTest : ILoadTest { public BadTest() => throw new InvalidTimeZoneException(\"no such zone\"); /*run*/ }", "the constructor of BadTest threw System.InvalidTimeZoneException: no such zone")]
    [InlineData("public sealed class BadTest : ILoadTest { static BadTest() => throw new InvalidTimeZoneException(\"no such zone\"); /*run*/ }", "System.InvalidTimeZoneException: no such zone")]
    [InlineData("public sealed class BadTest(Version version) : ILoadTest { /*run*/ }", "Unable to resolve service for type 'System.Version'")]
    [InlineData("public sealed class BadTest : ILoadTest { /*run*/ } public sealed class S : ILoadTestStartup { public void ConfigureServices(IServiceCollection services, IConfiguration parameters) => throw new InvalidTimeZoneException(\"no such zone\"); }", "S.ConfigureServices threw System.InvalidTimeZoneException: no such zone")]
    public async Task Construct_Throws_IsAProblemAndTheNextPackageIsWell(string source, string expected)
    {
        var package = await LoadAsync(new TestPackage("Acme.Tests").Source(source.Replace("/*run*/", Run, StringComparison.Ordinal)));

        var problem = Workshop.OnlyProblem(Construct(package, "bad"));
        await package.DisposeAsync();

        Assert.Contains(expected, problem.What);
        Assert.Contains("scenarios.bad", problem.Where);
        await using var good = await LoadAsync(TestPackage.WithTest("Good.Tests"));
        await using var test = Workshop.Good(Construct(good, "sample"));
    }

    [Fact]
    public async Task DisposeAsync_DisposesTestsThenServicesAndOutlivesTheirExceptions()
    {
        await using var package = await LoadAsync(new TestPackage("Acme.Tests").Source($$"""
            public sealed class Held(ILogger<Held> log) : IDisposable { public void Dispose() { log.LogInformation("service"); throw new Exception("s"); } }
            public sealed class Startup : ILoadTestStartup { public void ConfigureServices(IServiceCollection services, IConfiguration parameters) => services.AddSingleton<Held>(); }
            public sealed class HoldTest(Held held, ILogger<HoldTest> log) : ILoadTest, IAsyncDisposable {
                public ValueTask DisposeAsync() { log.LogInformation("test"); throw new Exception("t"); } public object Held => held; {{Run}} }
            """));
        var test = Workshop.Good(Construct(package, "hold"));

        await package.DisposeAsync();

        Assert.Equal(["test", "Disposing test hold threw", "service", "Disposing the services of test hold threw"], _log.Lines);
        Assert.Throws<ObjectDisposedException>(() => test.Test);
        Assert.Contains("is being unloaded", Workshop.OnlyProblem(Construct(package, "hold")).What);
    }

    [Fact]
    public async Task Load_TwoVersionsOfOneDependency_LiveSideBySideWithTheHosts()
    {
        var two = TestPackage.LibraryImage("Lib", "2.0.0");
        var source = "public sealed class TellTest(ILogger<TellTest> log) : ILoadTest { public ValueTask RunAsync(VirtualUser user, CancellationToken ct) { log.LogInformation(Lib.Told.Version); return default; } }";
        _shop.Add(TestPackage.Library("Lib", "1.0.0"), TestPackage.Library("Lib", "2.0.0"));
        await using var first = await LoadAsync(new TestPackage("One.Tests").Depends("Lib", "[1.0.0]").Source(source, TestPackage.LibraryImage("Lib", "1.0.0")));
        await using var second = await LoadAsync(new TestPackage("Two.Tests").Depends("Lib", "[2.0.0]").Source(source, two));
        var host = System.Reflection.Assembly.Load(TestPackage.LibraryImage("Lib", "3.0.0"));

        foreach (var package in (LoadedTestPackage[])[first, second])
        {
            await using var test = Workshop.Good(Construct(package, "tell"));
            await test.Test.RunAsync(null!, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["1.0.0", "2.0.0"], _log.Lines);
        Assert.Equal("3.0.0", host.GetType("Lib.Told")!.GetProperty("Version")!.GetValue(null));
    }

    [Fact]
    public async Task Load_AssemblyOutsideTheClosure_IsNotTakenFromTheHost()
    {
        var source = "public sealed class StrayTest : ILoadTest { public ValueTask RunAsync(VirtualUser user, CancellationToken ct) { System.Reflection.Assembly.Load(\"Newtonsoft.Json\"); return default; } }";
        await using var package = await LoadAsync(new TestPackage("Acme.Tests").Source(source));
        await using var test = Workshop.Good(Construct(package, "stray"));

        var e = await Assert.ThrowsAsync<FileNotFoundException>(async () => await test.Test.RunAsync(null!, TestContext.Current.CancellationToken));

        Assert.Contains("neither in the closure of Acme.Tests 1.0.0 nor in the framework", e.ToString());
    }

    [Theory]
    [InlineData("1.0.0.0", "10")]
    [InlineData("99.0.0.0", "99")]
    public async Task Load_CopyOfAFrameworkAssembly_TheNewerWins(string version, string expected)
    {
        await using var package = await LoadAsync(new TestPackage("Acme.Tests")
            .File("lib/net10.0/System.Text.Json.dll", TestCompiler.Compile("System.Text.Json", "", version))
            .Source("public sealed class TellTest(ILogger<TellTest> log) : ILoadTest { public ValueTask RunAsync(VirtualUser user, CancellationToken ct) { log.LogInformation(System.Reflection.Assembly.Load(\"System.Text.Json\").GetName().Version!.Major.ToString()); return default; } }"));
        await using var test = Workshop.Good(Construct(package, "tell"));

        await test.Test.RunAsync(null!, TestContext.Current.CancellationToken);

        Assert.Equal(expected, Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task Load_NativeLibrary_IsFoundByItsShortName()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The sample library is Linux's.");
        var native = await File.ReadAllBytesAsync(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so"), TestContext.Current.CancellationToken);
        await using var package = await LoadAsync(new TestPackage("Acme.Tests")
            .File($"runtimes/{FrameworkPackages.Runtime}/native/libtiny.so", native)
            .Source("public sealed class CallTest(ILogger<CallTest> log) : ILoadTest { public ValueTask RunAsync(VirtualUser user, CancellationToken ct) { log.LogInformation(System.Runtime.InteropServices.NativeLibrary.TryLoad(\"tiny\", typeof(CallTest).Assembly, null, out _).ToString()); return default; } }"));
        await using var test = Workshop.Good(Construct(package, "call"));

        await test.Test.RunAsync(null!, TestContext.Current.CancellationToken);

        Assert.Equal("True", Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task Load_SatelliteAndSharedTypes_ComeFromWhereTheyBelong()
    {
        var satellite = TestCompiler.Compile("Acme.Tests.resources", "[assembly: System.Reflection.AssemblyCulture(\"fr\")]");
        await using var package = await LoadAsync(new TestPackage("Acme.Tests").File("lib/net10.0/fr/Acme.Tests.resources.dll", satellite).Source("""
            public sealed class TellTest(ILogger<TellTest> log) : ILoadTest { public ValueTask RunAsync(VirtualUser user, CancellationToken ct) {
                log.LogInformation(typeof(TellTest).Assembly.GetSatelliteAssembly(new System.Globalization.CultureInfo("fr")).GetName().CultureName);
                return default; } }
            """));
        await using var test = Workshop.Good(Construct(package, "tell"));

        await test.Test.RunAsync(null!, TestContext.Current.CancellationToken);

        Assert.Equal("fr", Assert.Single(_log.Lines));
        Assert.NotSame(System.Runtime.Loader.AssemblyLoadContext.Default, System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(test.Test.GetType().Assembly));
    }

    [Fact]
    public async Task Load_FileChangedAfterInstallation_IsRefused()
    {
        var installed = await _shop.InstallAsync(TestPackage.WithTest("Acme.Tests"));
        await File.WriteAllBytesAsync(installed.Assets[0].File, TestCompiler.Compile("Acme.Tests", $"public sealed class SampleTest : ILoadTest {{ {Run} int _evil; }}"), TestContext.Current.CancellationToken);

        Assert.Contains("lib/net10.0/Acme.Tests.dll is not the one that the lock pins", Workshop.OnlyProblem(LoadedTestPackage.Load(installed)).What);
    }

    [Fact]
    public async Task UnloadAsync_CleanTest_LeavesNothing()
    {
        var installed = await _shop.InstallAsync(new TestPackage("Acme.Tests").Source("""
            public sealed class Payload { public string Name { get; set; } = "n"; }
            public sealed class CleanTest(ILogger<CleanTest> log) : ILoadTest { public async ValueTask RunAsync(VirtualUser user, CancellationToken ct) {
                await Task.Yield(); log.LogInformation(System.Text.Json.JsonSerializer.Serialize(new Payload())); } }
            """));

        var (problem, context) = await LoadRunUnloadAsync(installed, "clean");

        Assert.Null(problem);
        Assert.False(context.IsAlive);
        Assert.Equal("{\"Name\":\"n\"}", Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task UnloadAsync_TestThatIsHeld_TellsWhichAndWhatToLookFor()
    {
        var installed = await _shop.InstallAsync(new TestPackage("Acme.Tests").Source(
            $"public sealed class LeakTest : ILoadTest {{ public LeakTest() => AppDomain.CurrentDomain.ProcessExit += (_, _) => GetHashCode(); {Run} }}"));

        var (problem, context) = await LoadRunUnloadAsync(installed, "leak");

        Assert.True(context.IsAlive);
        Assert.Contains("Acme.Tests 1.0.0 did not unload", problem!.What);
        Assert.Contains("timer", problem.Advice);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<(Problem? Problem, WeakReference Context)> LoadRunUnloadAsync(InstalledPackage installed, string test)
    {
        var package = Workshop.Good(LoadedTestPackage.Load(installed));
        var context = await RunAsync(package, test);
        return (await package.UnloadAsync(TimeProvider.System, TestContext.Current.CancellationToken), context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> RunAsync(LoadedTestPackage package, string name)
    {
        var test = Workshop.Good(Construct(package, name));
        await test.Test.RunAsync(null!, TestContext.Current.CancellationToken);
        return new WeakReference(System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(test.Test.GetType().Assembly));
    }

    private async Task<LoadedTestPackage> LoadAsync(TestPackage package) => Workshop.Good(LoadedTestPackage.Load(await _shop.InstallAsync(package)));

    private Outcome<ConstructedTest> Construct(LoadedTestPackage package, string test)
    {
        var plan = Plan(Scenario(test));
        return package.Construct(plan.Scenarios[0], plan, new Dictionary<string, string>(), TimeProvider.System, _log);
    }

    private static Scenario Scenario(string test, params (string Key, ParameterValue Value)[] parameters) => new()
    {
        Name = test,
        Test = test,
        Load = [],
        MaxUsers = 1,
        Parameters = Sorted(parameters),
    };

    private static RunPlan Plan(Scenario scenario, params (string Key, ParameterValue Value)[] parameters) => new()
    {
        Name = "plan",
        Scenarios = [scenario],
        Parameters = Sorted(parameters),
    };

    private static ImmutableSortedDictionary<string, ParameterValue> Sorted((string Key, ParameterValue Value)[] parameters) =>
        parameters.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
}
