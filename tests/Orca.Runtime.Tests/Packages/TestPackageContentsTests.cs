using Orca.Packages;
using Orca.TestKit;

namespace Orca.Tests.Packages;

public sealed class TestPackageContentsTests : IDisposable
{
    private const string Run = TestCompiler.Run;

    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Read_Package_TellsPlanTestsAndContract()
    {
        var contents = Workshop.Good(await ReadAsync(new TestPackage("Acme.Tests").File("orca.json", "{ \"name\": \"ü\" }").Source($$"""
            namespace Acme;
            public sealed class CheckoutFlowLoadTest : ILoadTest { {{Run}} }
            [LoadTest("pay", Description = "Pays.")] public sealed class Anything : ILoadTest { {{Run}} }
            public abstract class AbstractTest : ILoadTest { {{Run}} }
            public sealed class DerivedTest : AbstractTest { }
            public sealed class StatefulTest : LoadTest<string> {
                protected override ValueTask<string> StartUserAsync(VirtualUser user, CancellationToken ct) => new("");
                protected override ValueTask RunAsync(VirtualUser user, string state, CancellationToken ct) => default; }
            public static class Outer { public sealed class NestedTest : ILoadTest { {{Run}} } }
            public sealed class GenericTest<T> : ILoadTest { {{Run}} }
            internal sealed class HiddenTest : ILoadTest { {{Run}} }
            public interface IMore : ILoadTest { }
            public sealed class ByInterfaceTest : IMore { {{Run}} }
            public sealed class NoTest { }
            public sealed class Startup : ILoadTestStartup { public void ConfigureServices(IServiceCollection services, IConfiguration parameters) { } }
            """)));

        Assert.Equal("{ \"name\": \"ü\" }", contents.PlanJson);
        Assert.Equal("1.0.0", contents.Contract);
        Assert.Equal(
            [
                new TestDescription("by-interface", "Acme.ByInterfaceTest", "Acme.Tests", null),
                new TestDescription("checkout-flow", "Acme.CheckoutFlowLoadTest", "Acme.Tests", null),
                new TestDescription("derived", "Acme.DerivedTest", "Acme.Tests", null),
                new TestDescription("nested", "Acme.Outer+NestedTest", "Acme.Tests", null),
                new TestDescription("pay", "Acme.Anything", "Acme.Tests", "Pays."),
                new TestDescription("stateful", "Acme.StatefulTest", "Acme.Tests", null),
            ],
            contents.Tests.AsEnumerable());
        Assert.Equal(new TypeName("Acme.Tests", "Acme.Startup"), contents.Startup);
    }

    [Fact]
    public async Task Read_BaseClassInTheClosure_IsFollowed()
    {
        var library = TestCompiler.Compile("Base.Lib", $"namespace Base; public abstract class BaseTest<T> : ILoadTest {{ {Run} }}");

        var contents = Workshop.Good(await ReadAsync(
            new TestPackage("Acme.Tests").Depends("Base.Lib", "1.0.0").Source("public sealed class FarTest : Base.BaseTest<int> { }", library),
            new TestPackage("Base.Lib").File("lib/net10.0/Base.Lib.dll", library)));

        Assert.Equal("far", Assert.Single(contents.Tests).Name);
    }

    [Fact]
    public async Task Read_TwoTestsOfOneName_NamesBoth()
    {
        var problem = Workshop.OnlyProblem(await ReadAsync(new TestPackage("Acme.Tests").Source(
            $"public sealed class PayTest : ILoadTest {{ {Run} }} [LoadTest(\"pay\")] public sealed class Other : ILoadTest {{ {Run} }}")));

        Assert.Equal("Acme.Tests 1.0.0 has 2 tests of the name 'pay': Other, PayTest.", problem.What);
    }

    [Fact]
    public async Task Read_NoTests_SaysSo()
    {
        Assert.Contains("Acme.Tests 1.0.0 has no tests: none of its classes", Workshop.OnlyProblem(await ReadAsync(TestPackage.Library("Acme.Tests"))).What);
    }

    [Fact]
    public async Task Read_OnlyAnInternalTest_NamesIt()
    {
        var problem = Workshop.OnlyProblem(await ReadAsync(new TestPackage("Acme.Tests").Source($"sealed class PayTest : ILoadTest {{ {Run} }}")));

        Assert.Contains("PayTest implements ILoadTest, but is not a public", problem.What);
    }

    [Fact]
    public async Task Read_TwoStartups_NamesBoth()
    {
        const string Body = "{ public void ConfigureServices(IServiceCollection services, IConfiguration parameters) { } }";
        var problem = Workshop.OnlyProblem(await ReadAsync(TestPackage.WithTest("Acme.Tests").File("lib/net10.0/More.dll",
            TestCompiler.Compile("More", $"public sealed class A : ILoadTestStartup {Body} public sealed class B : ILoadTestStartup {Body}"))));

        Assert.Contains("2 classes that implement ILoadTestStartup: A, B", problem.What);
    }

    [Fact]
    public async Task Read_FileThatIsNoAssembly_IsAProblem()
    {
        Assert.Contains("Reading Acme.Tests 1.0.0 failed", Workshop.OnlyProblem(await ReadAsync(new TestPackage("Acme.Tests").File("lib/net10.0/A.dll", "MZ this is none"))).What);
    }

    [Fact]
    public async Task Read_NewerContract_IsDeclinedNamingBoth()
    {
        var installed = await _shop.InstallAsync(TestPackage.WithTest("Acme.Tests"));
        var nuspec = Path.Combine(installed.Folder, "acme.tests.nuspec");
        await File.WriteAllTextAsync(nuspec, (await File.ReadAllTextAsync(nuspec, TestContext.Current.CancellationToken)).Replace("\"Orca.Abstractions\" version=\"1.0.0\"", "\"Orca.Abstractions\" version=\"1.7.0\""), TestContext.Current.CancellationToken);

        Assert.Equal("Acme.Tests 1.0.0 is built against Orca.Abstractions 1.7.0, but this Orca has 1.0.0.", Workshop.OnlyProblem(TestPackageContents.Read(installed)).What);
    }

    [Fact]
    public async Task Read_CompiledWithANewerSharedAssembly_IsDeclined()
    {
        var newer = TestCompiler.Compile("Microsoft.Extensions.Primitives", "public sealed class Newer { }", "99.0.0.0");
        var library = TestCompiler.Compile("Base.Lib", "public sealed class Uses { public Newer? It; }", newer);

        var problem = Workshop.OnlyProblem(await ReadAsync(TestPackage.WithTest("Acme.Tests").File("lib/net10.0/Base.Lib.dll", library)));

        Assert.Contains("Acme.Tests 1.0.0 needs Microsoft.Extensions.Primitives 99", problem.What);
    }

    [Theory]
    [InlineData("CheckoutLoadTest", "checkout")]
    [InlineData("CheckoutTest", "checkout")]
    [InlineData("HTTPEchoTest", "http-echo")]
    [InlineData("Http2EchoLoadTest", "http2-echo")]
    [InlineData("Test", "test")]
    [InlineData("LoadTest", "load")]
    [InlineData("Slow_PathTest", "slow-path")]
    [InlineData("browse", "browse")]
    public void Kebab_TypeName_IsTheTestsName(string type, string expected)
    {
        Assert.Equal(expected, TestNames.Kebab(type));
    }

    private async Task<Outcome<TestPackageContents>> ReadAsync(params TestPackage[] packages) =>
        TestPackageContents.Read(await _shop.InstallAsync(packages));
}
